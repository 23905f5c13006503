using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>
/// The statements by which a region takes and releases its lock, and those that run in between. Only forms that can be taken away whole are
/// read; every other gives null.
/// </summary>
/// <param name="Statements">What goes: a lock or using statement, a using declaration, or a call followed by a try statement.</param>
/// <param name="Body">What stays, if it stands in a block of its own; null for a using declaration, whose body is the rest of its block.</param>
internal sealed record RegionSyntax(ImmutableArray<StatementSyntax> Statements, StatementSyntax? Body)
{
    public StatementSyntax First => Statements[0];

    public static RegionSyntax? Of(LockRegion region)
    {
        if (region.IsIrregular || region.Wrapper is not null)
            return null;

        RegionSyntax? syntax = (region.Form, region.Acquire.Syntax) switch
        {
            (AcquireForm.LockStatement, LockStatementSyntax statement) => new RegionSyntax(ImmutableArray.Create<StatementSyntax>(statement), statement.Statement),
            (AcquireForm.UsingStatement, var node) when node.FirstAncestorOrSelf<UsingStatementSyntax>() is { } statement => OfUsing(statement),
            (AcquireForm.UsingDeclaration, var node) when node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { } declaration
                => OfDeclaration(declaration),
            (AcquireForm.Call, var call) => OfCall(region, call),
            _ => null,
        };
        return syntax is not null && !syntax.Statements.Any(HasDirectivesInside) ? syntax : null;
    }

    /// <summary><c>using (gate.EnterScope()) { … }</c>, the scope without a name.</summary>
    private static RegionSyntax? OfUsing(UsingStatementSyntax statement)
        => statement.Expression is not null && statement.AwaitKeyword.RawKind == 0
            ? new RegionSyntax(ImmutableArray.Create<StatementSyntax>(statement), statement.Statement)
            : null;

    /// <summary><c>using var scope = gate.EnterScope();</c>, the scope never mentioned again.</summary>
    private static RegionSyntax? OfDeclaration(LocalDeclarationStatementSyntax declaration)
    {
        if (declaration.UsingKeyword.RawKind == 0 || declaration.AwaitKeyword.RawKind != 0
            || declaration.Declaration.Variables is not [var variable] || declaration.Parent is not BlockSyntax block)
            return null;

        string name = variable.Identifier.ValueText;
        bool mentioned = block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name);
        return mentioned ? null : new RegionSyntax(ImmutableArray.Create<StatementSyntax>(declaration), Body: null);
    }

    /// <summary><c>gate.Enter(); try { … } finally { gate.Exit(); }</c>, the two neighbours, or the first inside the second.</summary>
    private static RegionSyntax? OfCall(LockRegion region, SyntaxNode call)
    {
        if (region.Releases is not [var release] || call.Parent is not ExpressionStatementSyntax enter
            || release.Syntax.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax closing } }
            || closing.Parent is not TryStatementSyntax { Catches.Count: 0 } protectedBlock
            || enter.Parent is not BlockSyntax block)
            return null;

        bool neighbours = block == protectedBlock.Parent && block.Statements.IndexOf(enter) + 1 == block.Statements.IndexOf(protectedBlock);
        return neighbours ? new RegionSyntax(ImmutableArray.Create<StatementSyntax>(enter, protectedBlock), protectedBlock.Block) : null;
    }

    /// <summary>With a directive inside there is more than one program. Those above the region are its first token's and stay where they are.</summary>
    private static bool HasDirectivesInside(StatementSyntax statement)
        => statement.DescendantTrivia().Any(trivia => trivia.IsDirective && statement.Span.Contains(trivia.Span));
}
