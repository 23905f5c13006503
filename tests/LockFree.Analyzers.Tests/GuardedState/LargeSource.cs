using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>
/// Generated code of the sizes that every rule must bear. Nothing is measured, as a busy machine would fail the test: the limit is more than ten
/// times what the analysis takes, and still less than it took when it compared each with each.
/// </summary>
internal static class LargeSource
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>A class with a line for each number, between a head and a tail.</summary>
    public static string Class(string head, int count, Func<int, string> line, string tail = "") =>
        $"public class C {{ {head}\n{Lines(count, line)}\n{tail} }}";

    public static string Lines(int count, Func<int, string> line) => string.Join("\n", Enumerable.Range(0, count).Select(line));

    /// <summary>How many findings of a rule there are in a source, which must compile.</summary>
    public static async Task<int> CountAsync(string rule, DiagnosticAnalyzer analyzer, string source)
    {
        CSharpCompilation compilation = AnalyzedSource.Compile(source);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        ImmutableArray<Diagnostic> findings = await Task.Run(() => AnalyzedSource.AnalyzeAsync(compilation, analyzer)).WaitAsync(Limit);
        Assert.DoesNotContain(findings, finding => finding.Id == "AD0001");
        return findings.Count(finding => finding.Id == rule);
    }
}
