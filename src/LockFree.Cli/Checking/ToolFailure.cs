using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Checking;

/// <summary>A rule or a fixer threw: a bug of ours. The run goes on and ends with exit code 2.</summary>
/// <param name="Component">The class that threw.</param>
/// <param name="Place">Where in the source it was at work, if known.</param>
/// <param name="Reason">The exception, in one line.</param>
internal sealed record ToolFailure(string Component, string Place, string Reason)
{
    public static ToolFailure Of(string component, Location? location, Exception failure)
    {
        FileLinePositionSpan span = location?.GetLineSpan() ?? default;
        string place = span.Path is { Length: > 0 } path ? $"{path}({span.StartLinePosition.Line + 1})" : "";
        string origin = failure.StackTrace?.Split('\n', 2)[0].Trim() ?? "";
        return new ToolFailure(component, place, $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} {origin}".TrimEnd());
    }
}
