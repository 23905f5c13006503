using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.CodeFixes.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Applies LF1001's fix and compares texts.</summary>
internal static class CollectionFix
{
    public const string Sharded = "LF1001.ShardedMap";
    public const string Concurrent = "LF1001.ConcurrentDictionary";

    public static FixedSource SourceOf(ProjectShape shape, params string[] sources)
        => new(new GuardedStateAnalyzer(), new ConcurrentCollectionCodeFixProvider(), shape, sources);

    /// <summary>The source after fixing, one by one and all at once, with the same result; once more changes nothing.</summary>
    public static async Task<string> FixAsync(string source, string equivalenceKey, ProjectShape? shape = null)
        => (await FixAllSourcesAsync([source], equivalenceKey, shape))[0];

    public static async Task<string[]> FixAllSourcesAsync(string[] sources, string equivalenceKey, ProjectShape? shape = null)
    {
        FixedSource oneByOne = SourceOf(shape ?? new ProjectShape(), sources);
        if (await oneByOne.FixOneByOneAsync(equivalenceKey) == 0)
            Assert.Fail("the fix is not offered: " + await RefusalAsync(oneByOne, equivalenceKey));

        string[] texts = await oneByOne.TextsAsync();

        FixedSource allAtOnce = SourceOf(shape ?? new ProjectShape(), sources);
        await allAtOnce.FixAllAsync(equivalenceKey);
        Assert.Equal(texts, await allAtOnce.TextsAsync());

        await allAtOnce.FixAllAsync(equivalenceKey);
        Assert.Equal(texts, await allAtOnce.TextsAsync());
        return texts;
    }

    /// <summary>Why the fix is not offered for the first finding.</summary>
    public static async Task<string> RefusalAsync(FixedSource source, string equivalenceKey)
    {
        if ((await source.DiagnosticsAsync()).FirstOrDefault() is not { } diagnostic)
            return "nothing is found";

        Document document = source.Solution.GetDocument(diagnostic.Location.SourceTree)!;
        SyntaxNode declarator = (await document.GetSyntaxRootAsync())!.FindNode(diagnostic.Location.SourceSpan);
        FixableCollection? collection = await FixableCollection.FindAsync(
            document.Project, compilation => compilation.GetSemanticModel(declarator.SyntaxTree).GetDeclaredSymbol(declarator), CancellationToken.None);
        if (collection is null)
            return "not exact: " + diagnostic.GetMessage();

        ConcurrentTarget target = equivalenceKey == Sharded ? ShardedTarget.Instance : ConcurrentDictionaryTarget.Instance;
        return (await collection.TryApplyAsync(target, CancellationToken.None)).Refusal;
    }

    /// <summary>The keys of what is offered for the only finding.</summary>
    public static async Task<string[]> OfferedAsync(string source, ProjectShape? shape = null)
    {
        FixedSource fixedSource = SourceOf(shape ?? new ProjectShape(), source);
        Diagnostic diagnostic = Assert.Single(await fixedSource.DiagnosticsAsync());
        IReadOnlyList<CodeAction> offers = await fixedSource.OffersAsync(diagnostic);
        return [.. offers.Select(offer => offer.EquivalenceKey!)];
    }

    /// <summary>A class with a map, a gate and the given members.</summary>
    public static string Class(string members, string map = "private readonly Dictionary<string, int> _map = new();", string usings = "")
        => usings + $$"""
            public sealed class Sessions
            {
                private readonly object _gate = new();
                {{map}}

                {{Indent(members)}}
            }
            """;

    /// <summary>The same class after the fix: no gate, another type, another using.</summary>
    public static string FixedClass(string members, string map = "private readonly ShardedMap<string, int> _map = new();", string usings = "using LockFree;\n\n")
        => usings + $$"""
            public sealed class Sessions
            {
                {{map}}

                {{Indent(members)}}
            }
            """;

    private static string Indent(string members) => members.Replace("\n", "\n    ").Replace("\n    \n", "\n\n");
}
