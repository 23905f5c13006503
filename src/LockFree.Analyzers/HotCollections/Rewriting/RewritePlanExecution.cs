using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Carries out a <see cref="RewritePlan"/> over the tree it was made for.</summary>
internal sealed class RewritePlanExecution(RewritePlan plan) : CSharpSyntaxRewriter
{
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null)
            return null;

        if (node is StatementSyntax statement && !StandsInList(statement))
            return Outdent(statement, AsOne(statement, Statements(statement)));

        return plan.TryGetReplacement(node, out SyntaxNode replacement) ? replacement : base.Visit(node);
    }

    public override SyntaxNode? VisitBlock(BlockSyntax node)
        => node.Update(
            node.AttributeLists, node.OpenBraceToken, SyntaxFactory.List(Statements(node.Statements)), VisitToken(node.CloseBraceToken));

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node)
        => node.Update(VisitList(node.Labels), SyntaxFactory.List(Statements(node.Statements)));

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node)
        => plan.Removes(node) ? null : base.VisitFieldDeclaration(node);

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => Tidy(node, (TypeDeclarationSyntax)base.VisitClassDeclaration(node)!);

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => Tidy(node, (TypeDeclarationSyntax)base.VisitRecordDeclaration(node)!);

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => Tidy(node, (TypeDeclarationSyntax)base.VisitStructDeclaration(node)!);

    private static bool StandsInList(StatementSyntax statement) => statement.Parent is BlockSyntax or SwitchSectionSyntax;

    private List<StatementSyntax> Statements(SyntaxList<StatementSyntax> originals)
    {
        var result = new List<StatementSyntax>(originals.Count);
        SyntaxTriviaList orphaned = default;
        bool gap = false;
        foreach (StatementSyntax original in originals)
        {
            ImmutableArray<StatementSyntax> rewritten = Statements(original);
            SyntaxTriviaList leading = original.GetLeadingTrivia();
            if (rewritten.IsEmpty)
            {
                // What stood above a statement that goes, stays above the next one.
                gap |= LineLayout.BeginsWithBlankLine(leading);
                bool hadBody = plan.TryGetRegion(original, out RegionSyntax region) && region.Body is not null;
                if (!LineLayout.IsBlank(leading) && !hadBody && !plan.IsMerged(original))
                    orphaned = LineLayout.WithoutLastIndentation(leading);
                continue;
            }

            bool firstIsGone = result.Count == 0 && original != originals[0];
            if (orphaned.Count > 0)
                rewritten = rewritten.SetItem(0, rewritten[0].WithLeadingTrivia(orphaned.AddRange(rewritten[0].GetLeadingTrivia())));
            else if (gap || firstIsGone)
                rewritten = rewritten.SetItem(0, Spaced(rewritten[0], isFirst: result.Count == 0, gap));

            orphaned = default;
            gap = false;
            result.AddRange(rewritten);
        }

        return result;
    }

    /// <summary>The empty line above something that is gone: kept above the next, unless that is now the first.</summary>
    private static T Spaced<T>(T node, bool isFirst, bool gap)
        where T : SyntaxNode
    {
        SyntaxTriviaList leading = node.GetLeadingTrivia();
        if (isFirst)
            return node.WithLeadingTrivia(LineLayout.WithoutFirstBlankLines(leading));

        return !gap || LineLayout.BeginsWithBlankLine(leading) || leading.Any(trivia => trivia.IsDirective)
            ? node
            : node.WithLeadingTrivia(leading.Insert(0, LineLayout.LineEndOf(node)));
    }

    private ImmutableArray<StatementSyntax> Statements(StatementSyntax original)
    {
        if (plan.TryGetStatements(original, out ImmutableArray<StatementSyntax> planned))
            return planned;

        if (!plan.TryGetRegion(original, out RegionSyntax region))
            return ImmutableArray.Create((StatementSyntax)base.Visit(original)!);

        // A using declaration, and the call before a try statement, leave nothing behind.
        if (region.Body is null || original != region.Statements[region.Statements.Length - 1])
            return ImmutableArray<StatementSyntax>.Empty;

        StatementSyntax body = Body(region.Body);
        return Remarks.Keep(region.Statements, RegionRemoval.Replace(region, body, StandsInList(original) && RegionRemoval.MayUnwrap(region, region.Body)));
    }

    private StatementSyntax Body(StatementSyntax body)
        => body is BlockSyntax block ? (StatementSyntax)VisitBlock(block)! : AsOne(body, Statements(body));

    /// <summary>Where the grammar has room for one statement: itself, or a block.</summary>
    private static StatementSyntax AsOne(StatementSyntax original, ImmutableArray<StatementSyntax> statements)
    {
        if (statements is [var only] && only is not (LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax))
            return only;

        return SyntaxFactory.Block(statements.Select(statement => statement.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space)))
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space))
            .WithTriviaFrom(original);
    }

    /// <summary>A block that takes the place of an indented statement stands under the keyword it belongs to.</summary>
    private StatementSyntax Outdent(StatementSyntax original, StatementSyntax rewritten)
    {
        bool becameBlock = rewritten is BlockSyntax && plan.TryGetRegion(original, out _);
        return becameBlock && LineLayout.IndentationOf(original) is { } inner && LineLayout.IndentationOf(original.Parent!) is { } outer
            ? LineLayout.Shift(rewritten, inner, outer)
            : rewritten;
    }

    /// <summary>
    /// The empty line above a member that is gone belongs above the next, unless that is now the first.
    /// </summary>
    private TypeDeclarationSyntax Tidy(TypeDeclarationSyntax original, TypeDeclarationSyntax rewritten)
    {
        int kept = 0;
        bool gap = false;
        bool gone = false;
        foreach (MemberDeclarationSyntax member in original.Members)
        {
            if (plan.Removes(member))
            {
                gone = true;
                gap |= LineLayout.BeginsWithBlankLine(member.GetLeadingTrivia());
                continue;
            }

            if (gone)
                rewritten = rewritten.ReplaceNode(rewritten.Members[kept], Spaced(rewritten.Members[kept], isFirst: kept == 0, gap));

            gone = gap = false;
            kept++;
        }

        return rewritten;
    }
}
