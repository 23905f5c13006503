using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Calls as a person would lay them out, whatever trivia the parts come with.</summary>
internal static class CallSyntax
{
    public static InvocationExpressionSyntax Of(ExpressionSyntax receiver, string method, params ArgumentSyntax[] arguments)
        => SyntaxFactory.InvocationExpression(Member(receiver, method), Arguments(arguments));

    public static MemberAccessExpressionSyntax Member(ExpressionSyntax receiver, string member)
        => SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, receiver.WithoutTrivia(), SyntaxFactory.IdentifierName(member));

    public static ArgumentListSyntax Arguments(params ArgumentSyntax[] arguments)
        => SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
            arguments.Select(argument => argument.WithoutTrivia()),
            Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, arguments.Length - 1))));

    public static ArgumentSyntax Argument(ExpressionSyntax expression) => SyntaxFactory.Argument(expression.WithoutTrivia());

    /// <summary><c>out _</c></summary>
    public static ArgumentSyntax Discard { get; } = Out(SyntaxFactory.IdentifierName(
        SyntaxFactory.Identifier(default, SyntaxKind.UnderscoreToken, "_", "_", default)));

    /// <summary><c>out var name</c></summary>
    public static ArgumentSyntax OutVariable(string name)
        => Out(SyntaxFactory.DeclarationExpression(
            SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingleVariableDesignation(SyntaxFactory.Identifier(name))));

    public static PrefixUnaryExpressionSyntax Not(ExpressionSyntax expression)
        => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, expression.WithoutTrivia());

    private static ArgumentSyntax Out(ExpressionSyntax expression)
        => SyntaxFactory.Argument(expression)
            .WithRefKindKeyword(SyntaxFactory.Token(SyntaxKind.OutKeyword).WithTrailingTrivia(SyntaxFactory.Space));
}
