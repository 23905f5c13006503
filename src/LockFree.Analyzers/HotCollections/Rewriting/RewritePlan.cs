using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>What shall become of one document: collected first, over the tree as it is, and carried out in one pass.</summary>
internal sealed class RewritePlan
{
    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements = new();
    private readonly Dictionary<StatementSyntax, ImmutableArray<StatementSyntax>> _statements = new();
    private readonly Dictionary<StatementSyntax, RegionSyntax> _regions = new();
    private readonly HashSet<StatementSyntax> _merged = new();
    private readonly HashSet<MemberDeclarationSyntax> _removed = new();

    /// <summary>Replaces an expression or declaration; nothing inside it is looked at any more.</summary>
    public void Replace(SyntaxNode original, SyntaxNode replacement) => _replacements[original] = replacement;

    /// <summary>Replaces a statement by others, which are final.</summary>
    public void Replace(StatementSyntax original, params StatementSyntax[] replacements) => Merge(original, [], replacements);

    /// <summary>Replaces a statement, and others behind it that merge with it, by others, which are final.</summary>
    public void Merge(StatementSyntax original, IReadOnlyCollection<StatementSyntax> others, params StatementSyntax[] replacements)
    {
        _statements[original] = Remarks.Keep([original, .. others], replacements);
        foreach (StatementSyntax other in others)
            _statements[other] = ImmutableArray<StatementSyntax>.Empty;

        _merged.UnionWith(others);
    }

    /// <summary>Removes a statement; the comments above it stay above the next.</summary>
    public void Remove(StatementSyntax original) => _statements[original] = ImmutableArray<StatementSyntax>.Empty;

    /// <summary>Takes the lock away and keeps what it guarded.</summary>
    public void Unlock(RegionSyntax region)
    {
        foreach (StatementSyntax statement in region.Statements)
            _regions[statement] = region;
    }

    public void Remove(MemberDeclarationSyntax member) => _removed.Add(member);

    public bool TryGetReplacement(SyntaxNode original, out SyntaxNode replacement) => _replacements.TryGetValue(original, out replacement!);

    public bool TryGetStatements(StatementSyntax original, out ImmutableArray<StatementSyntax> replacements)
        => _statements.TryGetValue(original, out replacements);

    /// <summary>True for a statement that went into another, comments and all.</summary>
    public bool IsMerged(StatementSyntax original) => _merged.Contains(original);

    public bool TryGetRegion(StatementSyntax original, out RegionSyntax region) => _regions.TryGetValue(original, out region!);

    public bool Removes(MemberDeclarationSyntax member) => _removed.Contains(member);

    /// <summary>True if a planned replacement covers the node, so that the node itself is gone.</summary>
    public bool Covers(SyntaxNode node) => node.AncestorsAndSelf().Any(ancestor =>
        _replacements.ContainsKey(ancestor) || ancestor is StatementSyntax statement && _statements.ContainsKey(statement));

    public SyntaxNode ApplyTo(SyntaxNode root)
    {
        SyntaxNode rewritten = new RewritePlanExecution(this).Visit(root)!;

        // Elastic trivia invite the formatter to lay out what we have laid out already.
        return rewritten.ReplaceTrivia(
            rewritten.DescendantTrivia().Where(trivia => trivia.HasAnnotation(SyntaxAnnotation.ElasticAnnotation)),
            (original, _) => original.FullSpan.IsEmpty ? default : original.WithoutAnnotations(SyntaxAnnotation.ElasticAnnotation));
    }

    /// <summary>Comments and directives are the same, but for those that stood at the declaration of the lock that is gone.</summary>
    public bool KeepsWhatIsNoCode(SyntaxNode before, SyntaxNode after)
    {
        List<string> wanted = RemarksIn(before);
        foreach (FieldDeclarationSyntax gone in before.DescendantNodes(node => node is not BlockSyntax).OfType<FieldDeclarationSyntax>().Where(Removes))
            RemarksIn(gone).ForEach(remark => wanted.Remove(remark));

        wanted.Sort(StringComparer.Ordinal);
        List<string> kept = RemarksIn(after);
        kept.Sort(StringComparer.Ordinal);
        return wanted.SequenceEqual(kept);
    }

    private static List<string> RemarksIn(SyntaxNode root)
        => root.DescendantTrivia()
            .Where(trivia => LineLayout.IsComment(trivia) || trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            .Select(Remarks.TextOf)
            .ToList();
}
