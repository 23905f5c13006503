using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Fixing;

/// <summary>How often each compiler error occurs in a project. Places do not count: a fix moves lines.</summary>
internal sealed class CompilerErrors
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public CompilerErrors(IEnumerable<Diagnostic> errors)
    {
        foreach (string error in errors.Select(Describe))
            _counts[error] = _counts.GetValueOrDefault(error) + 1;
    }

    /// <summary>An error that occurs more often than in <paramref name="baseline"/>, or null.</summary>
    public string? NewSince(CompilerErrors baseline) => _counts
        .Where(error => error.Value > baseline._counts.GetValueOrDefault(error.Key))
        .Select(error => error.Key)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    private static string Describe(Diagnostic error) => $"{error.Id} {error.GetMessage(CultureInfo.InvariantCulture)}";
}
