using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Names the object an expression refers to, as far as the members on the way always answer with the same one.</summary>
internal static class ObjectPaths
{
    /// <summary>
    /// The path of an expression in a frame; <see cref="ObjectPath.Unknown"/> where nothing stable can be said.
    /// <paramref name="nameOf"/> tells what a local or parameter is another name for.
    /// </summary>
    public static ObjectPath Of(IOperation? expression, CallFrame frame, Func<ISymbol, ObjectPath?> nameOf)
    {
        expression = OperationEquality.WithoutConversions(expression);
        switch (expression)
        {
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                return frame.This;
            case IFieldReferenceOperation { Field: { IsStatic: true } field }:
                return ObjectPath.Static(field);
            case IFieldReferenceOperation field:
                return Append(Of(field.Instance, frame, nameOf), field.Field, field);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property:
                return OfProperty(property, frame, nameOf);
            case ITypeOfOperation type:
                return ObjectPath.Type(type.TypeOperand);
            case ILocalReferenceOperation local:
                return nameOf(local.Local) ?? ObjectPath.Variable(local.Local);
            case IParameterReferenceOperation parameter:
                return nameOf(parameter.Parameter.OriginalDefinition) ?? ObjectPath.Variable(parameter.Parameter.OriginalDefinition);
            default:
                return ObjectPath.Unknown(expression);
        }
    }

    /// <summary>A property of this compilation whose accessors only read and write a field of its own.</summary>
    public static bool IsAutoProperty(IPropertySymbol property)
    {
        if (!property.IsInSource())
            return false;

        // by the name the compiler gives it: a type may have ten thousand members; an explicit implementation is named by its interface too
        ImmutableArray<ISymbol> fields = property.ExplicitInterfaceImplementations.IsEmpty
            ? property.ContainingType.GetMembers("<" + property.Name + ">k__BackingField") : property.ContainingType.GetMembers();
        return fields.Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
    }

    private static ObjectPath OfProperty(IPropertyReferenceOperation reference, CallFrame frame, Func<ISymbol, ObjectPath?> nameOf)
    {
        IPropertySymbol property = reference.Property;
        if (property.Name == "SyncRoot" && !property.IsInSource() && reference.Instance is not null)
            return Append(Of(reference.Instance, frame, nameOf), property, reference);
        if (property.IsAbstract || property.IsVirtual || property.IsOverride || !property.IsInSource())
            return ObjectPath.Unknown(reference);

        ISymbol member;
        if (AnsweredExpression(property) is { } answer)
        {
            if (answer is ThisExpressionSyntax)
                return Of(reference.Instance, frame, nameOf);
            if (AnsweredField(property, answer) is not { } field)
                return ObjectPath.Unknown(reference);
            member = field;
        }
        else if (IsAutoProperty(property))
        {
            member = property;
        }
        else
        {
            return ObjectPath.Unknown(reference);
        }

        return member.IsStatic ? ObjectPath.Static(member) : Append(Of(reference.Instance, frame, nameOf), member, reference);
    }

    private static ObjectPath Append(ObjectPath owner, ISymbol member, IOperation expression) =>
        owner.IsUnknown ? ObjectPath.Unknown(expression) : owner.Append(member);

    /// <summary>The one expression a getter returns: <c>object SyncRoot => _gate;</c></summary>
    private static ExpressionSyntax? AnsweredExpression(IPropertySymbol property)
    {
        if (property.DeclaringSyntaxReferences.Length != 1
            || property.DeclaringSyntaxReferences[0].GetSyntax() is not PropertyDeclarationSyntax declaration)
            return null;
        if (declaration.ExpressionBody is { Expression: var direct })
            return direct;
        AccessorDeclarationSyntax? getter = declaration.AccessorList?.Accessors
            .FirstOrDefault(accessor => accessor.Keyword.ValueText == "get");
        return getter switch
        {
            { ExpressionBody.Expression: { } expression } => expression,
            { Body.Statements: { Count: 1 } statements } when statements[0] is ReturnStatementSyntax { Expression: { } returned } =>
                returned,
            _ => null,
        };
    }

    private static IFieldSymbol? AnsweredField(IPropertySymbol property, ExpressionSyntax answer)
    {
        string? name = answer switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax identifier } =>
                identifier.Identifier.ValueText,
            _ => null,
        };
        return name is null ? null : property.ContainingType.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault();
    }
}
