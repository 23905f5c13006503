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
                    : OfMember(LockTarget.Receiver, method.ContainingType, name) ?? OfTypesAround(method.ContainingType, name);
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax name }:
                return OfMember(LockTarget.Receiver, method.ContainingType, name);
            case MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type, Name: IdentifierNameSyntax name }
                when type.Identifier.ValueText == method.ContainingType.Name:
                return OfMember(LockTarget.Receiver, method.ContainingType, name);
            case MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access when Resolve(method, access.Expression)
                is var (target, type):
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

    /// <summary>
    /// The one method of the type (or a static one of a type around it) that a call by its simple name means; null where the name is
    /// not enough to tell.
    /// </summary>
    public static IMethodSymbol? FindMethod(IMethodSymbol caller, InvocationExpressionSyntax invocation)
    {
        string? name = invocation.Expression switch
        {
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax simple } =>
                simple.Identifier.ValueText,
            _ => null,
        };
        if (name is null)
            return null;
        for (INamedTypeSymbol? type = caller.ContainingType; type is not null; type = type.ContainingType)
        {
            IMethodSymbol[] named = type.GetMembers(name).OfType<IMethodSymbol>().ToArray();
            if (named.Length == 0)
                continue;
            bool isReachable = named.Length == 1
                && (named[0].IsStatic || SymbolEqualityComparer.Default.Equals(type, caller.ContainingType));
            return isReachable && !SymbolEqualityComparer.Default.Equals(named[0], caller) ? named[0] : null;
        }

        return null;
    }

    /// <summary>A called wrapper's target in the words of the method that calls it; null where it has no words for it.</summary>
    /// <param name="caller">The method that calls.</param>
    /// <param name="target">Where the called method finds the lock.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="isSameObject">It is called on the caller's own object.</param>
    public static LockTarget? Rebase(IMethodSymbol caller, LockTarget target, ArgumentListSyntax? arguments, bool isSameObject)
    {
        if (target.StaticMember is not null)
            return target;
        LockTarget? rebased = LockTarget.Receiver;
        if (!target.IsReceiver)
        {
            if (arguments is null || target.Argument >= arguments.Arguments.Count
                || arguments.Arguments.Any(argument => argument.NameColon is not null))
                return null;
            rebased = Resolve(caller, arguments.Arguments[target.Argument].Expression)?.Target;
        }
        else if (!isSameObject)
        {
            return null;
        }

        foreach (ISymbol member in target.Members)
            rebased = rebased?.Append(member);
        return rebased;
    }

    /// <summary>In a constructor that keeps its parameter in a field, the lock in the field is the one it was given.</summary>
    public static LockTarget GivenTo(IMethodSymbol constructor, LockTarget target)
    {
        if (!target.IsReceiver || target.Members.IsEmpty)
            return target;
        foreach (AssignmentExpressionSyntax assignment in RunInPlace(constructor.DeclaringSyntaxReferences[0].GetSyntax())
            .OfType<AssignmentExpressionSyntax>())
        {
            if (Resolve(constructor, assignment.Left) is not var (assigned, _)
                || Resolve(constructor, assignment.Right) is not var (given, _) || given.Argument < 0)
                continue;
            if (assigned.IsSameAs(LockTarget.Receiver.Append(target.Members[0])))
                return target.Members.Skip(1).Aggregate(given, (path, member) => path.Append(member));
        }

        return target;
    }

    /// <summary>
    /// <c>if (!gate.TryEnter(…)) throw …;</c> or <c>if (!gate.TryEnter(…)) { …; gate.Enter(); }</c>: held afterwards in any case.
    /// </summary>
    public static bool ThrowsOrWaitsUnlessTrue(InvocationExpressionSyntax invocation, MemberAccessExpressionSyntax attempt)
    {
        if (invocation.Parent is not PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation
            || negation.Parent is not IfStatementSyntax { Else: null } guard)
        {
            return false;
        }

        StatementSyntax? last = guard.Statement is BlockSyntax { Statements: { Count: > 0 } statements } ? statements.Last()
            : guard.Statement;
        string enter = attempt.Expression + "." + attempt.Name.Identifier.ValueText.Replace("TryEnter", "Enter") + "(";
        return last is ThrowStatementSyntax || guard.Statement is BlockSyntax block && block.Statements.Any(statement =>
            statement is ExpressionStatementSyntax && statement.ToString().StartsWith(enter, StringComparison.Ordinal));
    }

    public static bool IsReturned(InvocationExpressionSyntax invocation) =>
        invocation.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax;

    /// <summary>True where the call may be passed over.</summary>
    public static bool IsConditional(InvocationExpressionSyntax invocation) => invocation.Ancestors()
        .TakeWhile(node => node is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is IfStatementSyntax or ConditionalExpressionSyntax or SwitchStatementSyntax or SwitchExpressionSyntax
            or CatchClauseSyntax
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
                    return (member.IsStatic ? LockTarget.Static(member.OriginalDefinition)
                        : owner.Append(member.OriginalDefinition), memberType);
            }
        }

        return null;
    }

    /// <summary>A nested type names the static members of the types around it.</summary>
    private static (LockTarget Target, ITypeSymbol Type)? OfTypesAround(INamedTypeSymbol type, IdentifierNameSyntax name)
    {
        for (INamedTypeSymbol? around = type.ContainingType; around is not null; around = around.ContainingType)
        {
            if (OfMember(LockTarget.Receiver, around, name) is { Target.StaticMember: not null } found)
                return found;
        }

        return null;
    }

    private static bool IsLocal(IMethodSymbol method, string name) =>
        method.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes().Any(node =>
        node is VariableDeclaratorSyntax { Identifier.ValueText: var variable } && variable == name
        || node is SingleVariableDesignationSyntax { Identifier.ValueText: var designation } && designation == name
        || node is ForEachStatementSyntax { Identifier.ValueText: var element } && element == name);
}
