using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.GuardedState;

/// <summary>The little name resolution that reading a wrapper's syntax needs, without binding it.</summary>
internal static class WrapperSyntax
{
    /// <summary>The nodes that run when the method does: not those of lambdas and local functions.</summary>
    public static IEnumerable<SyntaxNode> RunInPlace(SyntaxNode declaration) =>
        declaration.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>
    /// A parameter, a field or auto-property of the method's type, or a chain of them, with its type; null for all else, a name
    /// that a local of the method hides among it.
    /// </summary>
    public static (LockTarget Target, ITypeSymbol Type)? Resolve(IMethodSymbol method, ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Resolve(method, parenthesized.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Resolve(method, suppressed.Operand);
            case IdentifierNameSyntax name when !IsLocal(method, name.Identifier.ValueText):
                return method.Parameters.FirstOrDefault(parameter => parameter.Name == name.Identifier.ValueText) is { } found
                    ? (LockTarget.Parameter(found.Ordinal), found.Type)
                    : OfMember(LockTarget.Receiver, method.ContainingType, name);
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax name }:
                return OfMember(LockTarget.Receiver, method.ContainingType, name);
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type, Name: IdentifierNameSyntax name }
                when type.Identifier.ValueText == method.ContainingType.Name:
                return OfMember(LockTarget.Receiver, method.ContainingType, name);
            case MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access when Resolve(method, access.Expression) is var (target, type):
                return OfMember(target, type, name);
            default:
                return null;
        }
    }

    /// <summary>A type named in the body: nested in the containing types, or a neighbour in the namespace.</summary>
    public static INamedTypeSymbol? FindType(INamedTypeSymbol from, TypeSyntax name)
    {
        if (name is not SimpleNameSyntax { Identifier.ValueText: var simple, Arity: var arity })
            return null;
        for (INamedTypeSymbol? type = from; type is not null; type = type.ContainingType)
        {
            if (type.Name == simple && type.Arity == arity)
                return type;
            if (type.GetTypeMembers(simple, arity).FirstOrDefault() is { } nested)
                return nested;
        }

        return from.ContainingNamespace.GetTypeMembers(simple, arity).FirstOrDefault();
    }

    /// <summary><c>if (!gate.TryEnter(…)) throw …;</c></summary>
    public static bool ThrowsUnlessTrue(InvocationExpressionSyntax invocation) =>
        invocation.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: IfStatementSyntax { Else: null } guard }
        && (guard.Statement is ThrowStatementSyntax || guard.Statement is BlockSyntax { Statements: { Count: > 0 } statements } && statements.Last() is ThrowStatementSyntax);

    public static bool IsReturned(InvocationExpressionSyntax invocation) => invocation.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax;

    /// <summary>True where the call may be passed over.</summary>
    public static bool IsConditional(InvocationExpressionSyntax invocation) => invocation.Ancestors()
        .TakeWhile(node => node is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or CatchClauseSyntax
            or WhileStatementSyntax or ForStatementSyntax or ForEachStatementSyntax or ConditionalAccessExpressionSyntax);

    private static (LockTarget Target, ITypeSymbol Type)? OfMember(LockTarget owner, ITypeSymbol type, IdentifierNameSyntax name)
    {
        for (ITypeSymbol? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (ISymbol member in declaring.GetMembers(name.Identifier.ValueText))
            {
                ITypeSymbol? memberType = member switch
                {
                    IFieldSymbol field => field.Type,
                    IPropertySymbol property when ObjectPaths.IsAutoProperty(property) => property.Type,
                    _ => null,
                };
                if (memberType is not null)
                    return (member.IsStatic ? LockTarget.Static(member.OriginalDefinition) : owner.Append(member.OriginalDefinition), memberType);
            }
        }

        return null;
    }

    private static bool IsLocal(IMethodSymbol method, string name) => method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().Any(node =>
        node is VariableDeclaratorSyntax { Identifier.ValueText: var variable } && variable == name
        || node is SingleVariableDesignationSyntax { Identifier.ValueText: var designation } && designation == name
        || node is ForEachStatementSyntax { Identifier.ValueText: var element } && element == name);
}
