using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Comments belong to people: what a rewrite has no place for goes above it, on lines of its own.</summary>
internal static class Remarks
{
    /// <summary>The replacements with every comment of the originals that they do not have themselves.</summary>
    /// <param name="originals">Statements that go, in their tree; the first stands where the replacements will.</param>
    /// <param name="replacements">What takes their place.</param>
    public static ImmutableArray<StatementSyntax> Keep(IReadOnlyList<StatementSyntax> originals, IReadOnlyList<StatementSyntax> replacements)
    {
        List<SyntaxTrivia> missing = originals.SelectMany(In).ToList();
        foreach (SyntaxTrivia kept in replacements.SelectMany(In))
        {
            int place = missing.FindIndex(remark => TextOf(remark) == TextOf(kept));
            if (place >= 0)
                missing.RemoveAt(place);
        }

        if (missing.Count == 0 || replacements.Count == 0 || LineLayout.IndentationOf(originals[0]) is not { } indentation)
            return replacements.ToImmutableArray();

        SyntaxTrivia lineEnd = LineLayout.LineEndOf(originals[0].SyntaxTree.GetRoot());
        SyntaxTrivia margin = SyntaxFactory.Whitespace(indentation);
        SyntaxTriviaList above = LineLayout.WithoutLastIndentation(replacements[0].GetLeadingTrivia());
        foreach (SyntaxTrivia remark in missing)
            above = above.AddRange([margin, remark, lineEnd]);

        return replacements.ToImmutableArray().SetItem(0, replacements[0].WithLeadingTrivia(above.Add(margin)));
    }

    /// <summary>The comment without the layout of its lines.</summary>
    public static string TextOf(SyntaxTrivia remark) => string.Join("\n", remark.ToFullString().Split('\n').Select(line => line.Trim()));

    private static IEnumerable<SyntaxTrivia> In(SyntaxNode node) => node.DescendantTrivia().Where(LineLayout.IsComment);
}
