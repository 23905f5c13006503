using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>The statements of a miss, read as "make a value, store it": how the value is made, and which names hold it afterwards.</summary>
/// <param name="Factory">How the value is made.</param>
/// <param name="Names">The locals that hold the stored value.</param>
/// <param name="After">The statements behind the store.</param>
/// <param name="ReturnsStore">The store is the value a return statement returns.</param>
internal sealed record MissPath(ValueFactory Factory, ImmutableHashSet<string> Names, StatementSyntax[] After, bool ReturnsStore)
{
    public static MissPath? Read(StatementSyntax[] statements, RegionOperation store, CompoundContext context)
    {
        int index = Array.FindIndex(statements, statement => statement.Span.Contains(store.Syntax.Span));
        if (index < 0 || store.StoredValue is not { } stored)
            return null;

        ImmutableHashSet<string> names = ImmutableHashSet<string>.Empty;
        ExpressionSyntax value = Strip(stored);
        while (value is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax target } chained)
        {
            // map[key] = local = value
            names = names.Add(target.Identifier.ValueText);
            value = Strip(chained.Right);
        }

        bool returns = false;
        switch (statements[index])
        {
            case ExpressionStatementSyntax { Expression: var whole } when whole == store.Syntax:
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax local, Right: var right } }
                when Strip(right) == store.Syntax && store.Kind == CollectionOperation.Set:
                names = names.Add(local.Identifier.ValueText);
                break;
            case ReturnStatementSyntax { Expression: { } returned } when Strip(returned) == store.Syntax && store.Kind == CollectionOperation.Set:
                returns = true;
                break;
            default:
                return null;
        }

        StatementSyntax[] before = statements.Take(index).ToArray();
        if (value is IdentifierNameSyntax { Identifier.ValueText: var name } && before.Length > 0 && MakerOf(before[before.Length - 1], name, context) is { } made)
        {
            names = names.Add(name);
            value = made;
            before = before.Take(before.Length - 1).ToArray();
        }
        else if (value is IdentifierNameSyntax identifier)
            names = names.Add(identifier.Identifier.ValueText);

        return new MissPath(new ValueFactory(before, value), names, statements.Skip(index + 1).ToArray(), returns);
    }

    /// <summary>
    /// The expression that the statement gives to the name: <c>var name = value;</c> or <c>name = value;</c>. Where the name has a type of its
    /// own, the value must have that type too, or it would arrive in the map unconverted.
    /// </summary>
    private static ExpressionSyntax? MakerOf(StatementSyntax statement, string name, CompoundContext context)
    {
        (ExpressionSyntax? value, ITypeSymbol? type) = statement switch
        {
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer: { } initializer } variable] }
                when variable.Identifier.ValueText == name
                => (initializer.Value, (context.Model.GetDeclaredSymbol(variable) as ILocalSymbol)?.Type),
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
                when assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == name
                => (assignment.Right, (context.Model.GetSymbolInfo(assignment.Left).Symbol as ILocalSymbol)?.Type),
            _ => (null, null),
        };
        if (value is null || type is null)
            return null;

        bool same = SymbolEqualityComparer.Default.Equals(type, context.Field.ValueType)
            || SymbolEqualityComparer.Default.Equals(type, context.Model.GetTypeInfo(value).Type);
        return same ? Strip(value) : null;
    }

    private static ExpressionSyntax Strip(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;

        return expression;
    }
}
