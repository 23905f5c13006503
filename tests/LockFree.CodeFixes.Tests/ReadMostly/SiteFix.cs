using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.CodeFixes.Tests.ReadMostly;

/// <summary>Applies the one fix of a rule and compares texts.</summary>
internal sealed class SiteFix(Func<DiagnosticAnalyzer> analyzer, CodeFixProvider provider, string equivalenceKey, ProjectShape? shape = null)
{
    /// <summary>The source after fixing, one by one and all at once, with the same result; once more changes nothing.</summary>
    public async Task<string> FixAsync(string source)
    {
        FixedSource oneByOne = SourceOf(source);
        Assert.NotEqual(0, await oneByOne.FixOneByOneAsync(equivalenceKey));
        string text = Assert.Single(await oneByOne.TextsAsync());
        Assert.Empty((await oneByOne.CompilationAsync()).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        FixedSource allAtOnce = SourceOf(source);
        await allAtOnce.FixAllAsync(equivalenceKey);
        Assert.Equal([text], await allAtOnce.TextsAsync());
        if (!(await allAtOnce.DiagnosticsAsync()).IsEmpty)
            await allAtOnce.FixAllAsync(equivalenceKey);
        Assert.Equal([text], await allAtOnce.TextsAsync());
        return text;
    }

    /// <summary>Something is found, and the fix is not offered for it.</summary>
    public async Task AssertNotOfferedAsync(string source)
    {
        FixedSource found = SourceOf(source);
        Diagnostic[] diagnostics = [.. await found.DiagnosticsAsync()];
        Assert.NotEmpty(diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
            Assert.DoesNotContain(await found.OffersAsync(diagnostic), offer => offer.EquivalenceKey == equivalenceKey);
    }

    private FixedSource SourceOf(string source) => new(analyzer(), provider, shape ?? new ProjectShape(), source);
}
