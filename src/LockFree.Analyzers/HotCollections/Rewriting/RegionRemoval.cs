using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Puts the body of a region in the place of the statements that locked it.</summary>
internal static class RegionRemoval
{
    /// <summary>
    /// What replaces <paramref name="region"/>: the statements of the body, one indentation less, or the body as a block where its names
    /// would clash outside.
    /// </summary>
    /// <param name="region">The region as it was, in its tree.</param>
    /// <param name="body">The region's body as it shall be.</param>
    /// <param name="mayUnwrap">False where the body's names must keep a scope of their own.</param>
    public static ImmutableArray<StatementSyntax> Replace(RegionSyntax region, StatementSyntax body, bool mayUnwrap)
    {
        StatementSyntax original = region.Statements[region.Statements.Length - 1];
        string outer = LineLayout.IndentationOf(region.First) ?? "";
        SyntaxTriviaList above = Above(region);

        if (body is not BlockSyntax block)
            return ImmutableArray.Create(Place(Dedent(body, outer), above, original.GetTrailingTrivia()));

        if (!mayUnwrap || block.Statements.Count == 0)
            return ImmutableArray.Create<StatementSyntax>(Place(block, above, original.GetTrailingTrivia()));

        string inner = LineLayout.IndentationOf(block.Statements[0]) ?? outer;
        StatementSyntax[] statements = block.Statements.Select(statement => LineLayout.Shift(statement, inner, outer)).ToArray();

        statements[0] = statements[0].WithLeadingTrivia(Join(above, statements[0].GetLeadingTrivia()));
        StatementSyntax last = statements[statements.Length - 1];
        SyntaxTriviaList closing = LineLayout.Shift(block.CloseBraceToken.LeadingTrivia, inner, outer);
        statements[statements.Length - 1] = last.WithTrailingTrivia(Below(last.GetTrailingTrivia(), closing, original.GetTrailingTrivia(), outer));
        return statements.ToImmutableArray();
    }

    /// <summary>Can the body's statements stand among their new neighbours? No name they declare may mean anything else there.</summary>
    public static bool MayUnwrap(RegionSyntax region, StatementSyntax body)
    {
        if (body is not BlockSyntax block)
            return true;

        var declared = new HashSet<string>(block.Statements.SelectMany(DeclaredInScope));
        if (block.Statements.Any(statement => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }))
            return false;

        SyntaxNode? member = region.First.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (declared.Count == 0 || member is null)
            return declared.Count == 0;

        return !member.DescendantTokens().Any(token =>
            token.IsKind(SyntaxKind.IdentifierToken) && declared.Contains(token.ValueText) && !region.Statements.Any(s => s.Span.Contains(token.Span)));
    }

    /// <summary>Names that belong to the block the statement stands in: its locals, and the variables of its own expressions.</summary>
    private static IEnumerable<string> DeclaredInScope(StatementSyntax statement)
    {
        if (statement is LocalFunctionStatementSyntax function)
            return new[] { function.Identifier.ValueText };

        return statement.DescendantNodes(node => node == statement || node is not (StatementSyntax or AnonymousFunctionExpressionSyntax))
            .Select(node => node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
                _ => "",
            })
            .Where(name => name.Length > 0);
    }

    private static T Dedent<T>(T statement, string outer)
        where T : StatementSyntax
        => LineLayout.Shift(statement, LineLayout.IndentationOf(statement) ?? outer, outer);

    private static StatementSyntax Place(StatementSyntax statement, SyntaxTriviaList above, SyntaxTriviaList behind)
        => statement.WithLeadingTrivia(Join(above, statement.GetLeadingTrivia())).WithTrailingTrivia(Behind(statement.GetTrailingTrivia(), behind));

    private static SyntaxTriviaList Above(RegionSyntax region)
    {
        SyntaxTriviaList above = region.First.GetLeadingTrivia();
        foreach (StatementSyntax later in region.Statements.Skip(1))
            above = Join(above, later.GetLeadingTrivia());

        return above;
    }

    /// <summary>Two leading trivia of one token: both have the indentation, which is wanted once.</summary>
    private static SyntaxTriviaList Join(SyntaxTriviaList above, SyntaxTriviaList own)
    {
        if (LineLayout.IsBlank(own))
            return above;

        return LineLayout.WithoutLastIndentation(above).AddRange(own);
    }

    private static SyntaxTriviaList Behind(SyntaxTriviaList own, SyntaxTriviaList behind)
        => LineLayout.EndsLine(own) && LineLayout.IsBlank(behind) ? own : LineLayout.EndsLine(own) ? own.AddRange(behind.SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia))) : own.AddRange(behind);

    private static SyntaxTriviaList Below(SyntaxTriviaList own, SyntaxTriviaList closing, SyntaxTriviaList behind, string indentation)
    {
        SyntaxTriviaList result = own;
        if (!LineLayout.IsBlank(closing))
            result = result.AddRange(LineLayout.WithoutLastIndentation(closing));

        if (!LineLayout.EndsLine(result))
            return LineLayout.WithoutLastIndentation(result).AddRange(behind);

        return LineLayout.IsBlank(behind)
            ? result
            : result.Add(SyntaxFactory.Whitespace(indentation)).AddRange(behind.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
    }
}
