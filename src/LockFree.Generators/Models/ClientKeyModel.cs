namespace LockFree.Generators.Models;

/// <summary>A client's name in the hub and the scope it belongs to, if any.</summary>
internal sealed record ClientKeyModel(string? Scope, string Name);
