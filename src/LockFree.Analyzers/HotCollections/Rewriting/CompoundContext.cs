using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>The operations of one region that belong together, and what a shape needs to make one operation of them.</summary>
/// <param name="Operations">In the order of evaluation, at least two.</param>
/// <param name="Field">The collection.</param>
/// <param name="Target">What it becomes.</param>
/// <param name="Model">Of the document they are in.</param>
/// <param name="Plan">Takes the rewrite.</param>
internal sealed record CompoundContext(
    IReadOnlyList<RegionOperation> Operations, CandidateField Field, ConcurrentTarget Target, SemanticModel Model, RewritePlan Plan)
{
    public RegionOperation First => Operations[0];

    public bool IsSet => Field.Kind == CollectionKind.Set;

    /// <summary>The shape that took the operations counts on its factory running once.</summary>
    public bool RunsFactoryOnce { get; set; }

    /// <summary>A test for the key whose only result is yes or no.</summary>
    public bool AsksOnlyWhether(RegionOperation probe)
        => probe.Kind == CollectionOperation.Contains
            || IsTryGetValue(probe) && (IsDiscard(probe.Arguments[1].Expression) || OutVariable(probe) is { IsRead: false });

    /// <summary><c>TryGetValue(key, out …)</c>; <c>GetValueOrDefault</c> asks the same question in other words.</summary>
    public static bool IsTryGetValue(RegionOperation operation)
        => operation.Kind == CollectionOperation.TryGetValue && operation.Arguments is [_, { RefOrOutKeyword.RawKind: (int)SyntaxKind.OutKeyword }];

    /// <summary>The local a <c>TryGetValue</c> puts the value into; null for a discard, and for what outlives the call: a field, a parameter.</summary>
    public FoundValue? OutVariable(RegionOperation probe) => FoundValue.Of(probe.Arguments[1].Expression, Model);

    private bool IsDiscard(ExpressionSyntax argument) => argument switch
    {
        DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } => true,
        IdentifierNameSyntax => Model.GetSymbolInfo(argument).Symbol is IDiscardSymbol,
        _ => false,
    };

    /// <summary>A name that nothing in the member bears: the wanted one, or the other, or that with a number.</summary>
    public string FreshName(string wanted, string otherwise, SyntaxNode at)
    {
        SyntaxNode scope = at.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? at;
        var taken = new HashSet<string>(scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        string fresh = wanted;
        for (int n = 1; taken.Contains(fresh); n++)
            fresh = n == 1 ? otherwise : otherwise + n;

        return fresh;
    }

    /// <summary>An if statement with another condition and another body, laid out as it was.</summary>
    public static IfStatementSyntax With(IfStatementSyntax statement, ExpressionSyntax condition, StatementSyntax body, ElseClauseSyntax? otherwise)
        => statement.WithCondition(condition.WithTriviaFrom(statement.Condition)).WithStatement(body.WithTriviaFrom(statement.Statement)).WithElse(otherwise)
            .WithTrailingTrivia(statement.GetTrailingTrivia());

    /// <summary>A body without its first statement; null if nothing is left.</summary>
    public static StatementSyntax? WithoutFirst(StatementSyntax body)
        => body is BlockSyntax { Statements.Count: > 1 } block ? block.WithStatements(block.Statements.RemoveAt(0)) : null;
}

/// <summary>The variable that holds what a look-up found.</summary>
/// <param name="Local">The variable.</param>
/// <param name="DeclaredType">Its type as written, if it is declared right there; else null.</param>
/// <param name="IsRead">Anything but the look-up itself mentions it.</param>
internal sealed record FoundValue(ILocalSymbol Local, TypeSyntax? DeclaredType, bool IsRead)
{
    public static FoundValue? Of(ExpressionSyntax argument, SemanticModel model)
    {
        (ISymbol? symbol, TypeSyntax? type) = argument switch
        {
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } declaration
                => (model.GetDeclaredSymbol(designation), declaration.Type),
            IdentifierNameSyntax identifier => (model.GetSymbolInfo(identifier).Symbol, null),
            _ => (null, null),
        };
        if (symbol is not ILocalSymbol { IsRef: false } local)
            return null;

        SyntaxNode? member = argument.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        bool read = member is not null && member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == local.Name && !argument.Span.Contains(name.Span));
        return new FoundValue(local, type, read);
    }
}
