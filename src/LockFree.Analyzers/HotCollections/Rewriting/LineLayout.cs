using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>
/// Moves statements between indentations and joins their trivia by hand: the formatter would also change spacing that is none of our
/// business.
/// </summary>
internal static class LineLayout
{
    /// <summary>The whitespace the line of the node's first token begins with; null if the node does not begin its line.</summary>
    public static string? IndentationOf(SyntaxNode node)
    {
        SyntaxToken first = node.GetFirstToken();
        if (first.LeadingTrivia is { Count: > 0 } leading)
        {
            SyntaxTrivia last = leading[leading.Count - 1];
            if (last.IsKind(SyntaxKind.WhitespaceTrivia))
                return leading.Count == 1 && !BeginsLine(first) ? null : last.ToString();
        }

        return BeginsLine(first) ? "" : null;
    }

    /// <summary>Replaces the indentation <paramref name="from"/> by <paramref name="to"/> on every line of the node that begins with it.</summary>
    public static T Shift<T>(T node, string from, string to)
        where T : SyntaxNode
    {
        if (from == to)
            return node;

        // Trivia of a token follow a line end in the token before it, or contain one of their own.
        bool atLineStart = true;
        return node.ReplaceTokens(node.DescendantTokens(), (original, rewritten) =>
        {
            SyntaxTriviaList leading = Shift(original.LeadingTrivia, from, to, ref atLineStart);
            atLineStart = EndsLine(original.TrailingTrivia);
            return rewritten.WithLeadingTrivia(leading);
        });
    }

    public static SyntaxTriviaList Shift(SyntaxTriviaList trivia, string from, string to)
    {
        bool atLineStart = true;
        return Shift(trivia, from, to, ref atLineStart);
    }

    /// <summary>The line end the file uses.</summary>
    public static SyntaxTrivia LineEndOf(SyntaxNode root)
    {
        SyntaxTrivia found = root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.LineFeed;
    }

    /// <summary>How much deeper a block's statements stand than the block, as the code around does it; four spaces where nothing shows.</summary>
    public static string UnitAt(SyntaxNode node)
    {
        foreach (BlockSyntax block in node.AncestorsAndSelf().OfType<BlockSyntax>())
        {
            if (block.Statements.FirstOrDefault() is { } first
                && IndentationOf(first) is { } inner && IndentationOf(block) is { } outer
                && inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal))
                return inner.Substring(outer.Length);
        }

        return "    ";
    }

    public static bool IsComment(SyntaxTrivia trivia)
        => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia);

    public static bool IsBlank(SyntaxTriviaList trivia)
        => trivia.All(t => t.IsKind(SyntaxKind.WhitespaceTrivia) || t.IsKind(SyntaxKind.EndOfLineTrivia));

    public static bool EndsLine(SyntaxTriviaList trivia)
        => trivia.Count > 0 && (trivia[trivia.Count - 1].IsKind(SyntaxKind.EndOfLineTrivia) || trivia[trivia.Count - 1].IsDirective);

    /// <summary>The list without the whitespace that would indent what follows it.</summary>
    public static SyntaxTriviaList WithoutLastIndentation(SyntaxTriviaList trivia)
        => trivia.Count > 0 && trivia[trivia.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? trivia.RemoveAt(trivia.Count - 1) : trivia;

    public static bool BeginsWithBlankLine(SyntaxTriviaList trivia)
        => trivia.SkipWhile(piece => piece.IsKind(SyntaxKind.WhitespaceTrivia)).FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>The list without the empty lines it begins with.</summary>
    public static SyntaxTriviaList WithoutFirstBlankLines(SyntaxTriviaList trivia)
    {
        for (int i = 0; i < trivia.Count && IsBlank(new SyntaxTriviaList(trivia[i])); i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia))
                return WithoutFirstBlankLines(new SyntaxTriviaList(trivia.Skip(i + 1)));
        }

        return trivia;
    }

    private static bool BeginsLine(SyntaxToken token)
    {
        SyntaxToken before = token.GetPreviousToken();
        return before.IsKind(SyntaxKind.None) || EndsLine(before.TrailingTrivia);
    }

    private static SyntaxTriviaList Shift(SyntaxTriviaList trivia, string from, string to, ref bool atLineStart)
    {
        for (int i = 0; i < trivia.Count; i++)
        {
            SyntaxTrivia piece = trivia[i];
            if (atLineStart && piece.IsKind(SyntaxKind.WhitespaceTrivia) && piece.ToString() is { } text && text.StartsWith(from, StringComparison.Ordinal))
                trivia = trivia.Replace(piece, SyntaxFactory.Whitespace(to + text.Substring(from.Length)));

            atLineStart = piece.IsKind(SyntaxKind.EndOfLineTrivia) || piece.IsDirective;
        }

        return trivia;
    }
}
