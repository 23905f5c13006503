namespace LockFree.Cli.Loading;

/// <summary>Something about the input keeps the tool from running.</summary>
/// <param name="problems">What the user reads, one line each: it names the input and the remedy.</param>
internal sealed class InputException(params IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
