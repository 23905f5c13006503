using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Removes the field of a lock with the last region that used it, and the statements that disposed of the lock.</summary>
internal sealed class LockFieldRemoval(TypeMentions mentions, IReadOnlyList<RegionSyntax> regions, Func<SyntaxNode, RewritePlan> planOf)
{
    private readonly ILookup<StatementSyntax, RegionSyntax> _regions = regions
        .SelectMany(region => region.Statements.Select(statement => (statement, region))).ToLookup(part => part.statement, part => part.region);

    /// <summary>Plans the removal, if nothing else needs the lock.</summary>
    public void Plan(IFieldSymbol gate, CancellationToken cancellationToken)
    {
        if (gate.DeclaringSyntaxReferences is not [var reference] || gate.DeclaredAccessibility != Accessibility.Private
            || reference.GetSyntax(cancellationToken).Parent?.Parent is not FieldDeclarationSyntax { Declaration.Variables.Count: 1 } declaration
            || declaration.ContainsDirectives || mentions.IsInDisabledCode(gate, cancellationToken)
            || InitializerMayAct(declaration))
            return;

        var disposals = new List<ExpressionStatementSyntax>();
        foreach (ExpressionSyntax mention in mentions.Of(gate, cancellationToken))
        {
            if (IsInHeader(mention))
                continue;

            if (Disposal(mention) is not { } disposal)
                return;

            disposals.Add(disposal);
        }

        foreach (ExpressionStatementSyntax disposal in disposals)
            planOf(disposal).Remove(disposal);

        planOf(declaration).Remove(declaration);
    }

    /// <summary>Part of what takes or releases the lock, which goes.</summary>
    private bool IsInHeader(ExpressionSyntax mention) => mention.Ancestors().OfType<StatementSyntax>().SelectMany(statement => _regions[statement])
        .Any(region => region.Body is null || !region.Body.Span.Contains(mention.Span));

    /// <summary><c>gate.Dispose();</c> or <c>gate?.Dispose();</c>, without a comment that would go with it.</summary>
    private static ExpressionStatementSyntax? Disposal(ExpressionSyntax mention)
    {
        ExpressionStatementSyntax? statement = mention.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax call } } => call,
            ConditionalAccessExpressionSyntax
            {
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" } },
                Parent: ExpressionStatementSyntax call,
            } => call,
            _ => null,
        };
        bool inList = statement?.Parent is BlockSyntax && !statement.ContainsDirectives
            && !statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(LineLayout.IsComment);
        return inList ? statement : null;
    }

    /// <summary>A lock made by a call of somebody's: the call may do more than make a lock.</summary>
    private static bool InitializerMayAct(FieldDeclarationSyntax declaration)
        => declaration.Declaration.Variables[0].Initializer?.Value is not (null or BaseObjectCreationExpressionSyntax);
}
