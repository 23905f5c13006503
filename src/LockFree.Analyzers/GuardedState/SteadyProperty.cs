using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Tells properties that only answer from those that also do something, such as to hand out the next number.</summary>
internal static class SteadyProperty
{
    private static readonly string[] PureNames = ["nameof", "ToString", "Concat", "Format", "Join", "Trim", "Substring", "Create", "ToUpperInvariant", "ToLowerInvariant"];

    /// <summary>Read twice in a row, it answers the same as far as its text says; what has no text here is trusted.</summary>
    public static bool Is(IPropertySymbol property) => !property.DeclaringSyntaxReferences.Any(reference =>
        GetterOf(reference.GetSyntax())?.DescendantNodes().Any(IsStep) == true);

    private static SyntaxNode? GetterOf(SyntaxNode declaration) => declaration switch
    {
        PropertyDeclarationSyntax { ExpressionBody: { } body } => body,
        IndexerDeclarationSyntax { ExpressionBody: { } body } => body,
        BasePropertyDeclarationSyntax { AccessorList.Accessors: var accessors } => accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration)),
        _ => null,
    };

    /// <summary>A cached answer (<c>_text ??= …</c>) is none.</summary>
    private static bool IsStep(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax assignment => !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        InvocationExpressionSyntax { Expression: var called } => !PureNames.Contains(called switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => "",
        }),
        _ => false,
    };
}
