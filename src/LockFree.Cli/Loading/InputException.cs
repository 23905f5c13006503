namespace LockFree.Cli.Loading;

/// <summary>Something about the input keeps the tool from running. The message is the one line the user reads: it names the input and the remedy.</summary>
internal sealed class InputException(string message) : Exception(message);
