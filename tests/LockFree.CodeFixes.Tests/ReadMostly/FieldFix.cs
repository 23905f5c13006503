using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes.Tests.ReadMostly;

/// <summary>Applies one of the fixes of a rule about fields and compares texts.</summary>
internal sealed class FieldFix(CodeFixProvider provider, string equivalenceKey)
{
    /// <summary>The source after fixing, one by one and all at once, with the same result; once more changes nothing.</summary>
    public async Task<string> FixAsync(string source, ProjectShape? shape = null)
    {
        FixedSource oneByOne = SourceOf(shape, source);
        Assert.NotEqual(0, await oneByOne.FixOneByOneAsync(equivalenceKey));
        string[] texts = await oneByOne.TextsAsync();
        Diagnostic[] problems = [.. (await oneByOne.CompilationAsync()).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(problems.Length == 0, string.Join("\n", problems.Select(problem => problem.ToString())) + "\n" + texts[0]);

        FixedSource allAtOnce = SourceOf(shape, source);
        await allAtOnce.FixAllAsync(equivalenceKey);
        Assert.Equal(texts, await allAtOnce.TextsAsync());
        await allAtOnce.FixAllAsync(equivalenceKey);
        Assert.Equal(texts, await allAtOnce.TextsAsync());
        return texts[0];
    }

    /// <summary>The keys of what is offered for all findings.</summary>
    public async Task<string[]> OfferedAsync(string source, ProjectShape? shape = null)
    {
        FixedSource found = SourceOf(shape, source);
        var keys = new List<string>();
        foreach (Diagnostic diagnostic in await found.DiagnosticsAsync())
        {
            foreach (CodeAction offer in await found.OffersAsync(diagnostic))
                keys.Add(offer.EquivalenceKey!);
        }

        return [.. keys];
    }

    private FixedSource SourceOf(ProjectShape? shape, string source) => new(new GuardedStateAnalyzer(), provider, shape ?? new ProjectShape(), source);
}
