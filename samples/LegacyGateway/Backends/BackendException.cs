namespace Backends;

/// <summary>A backend refused a call.</summary>
public sealed class BackendException(string message) : Exception(message);
