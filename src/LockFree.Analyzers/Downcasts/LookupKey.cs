using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>
/// The key of a lookup when it is the same object on every call: a constant, <c>typeof</c>, a read-only field of the type itself,
/// or a <c>ClientKey</c> made of such. Two keys are the same when their <see cref="Identity"/> is.
/// </summary>
internal sealed record LookupKey(string Identity, string Display)
{
    public static LookupKey? Of(IOperation operation)
    {
        IOperation key = OperationShape.WithoutImplicitConversions(operation);
        string display = key.Syntax.ToString();

        // The text of the literal cannot serve as identity: "a" and nameof(a) are the same key, 1 and 1L are not.
        if (key.ConstantValue is { HasValue: true, Value: { } constant })
            return new LookupKey("constant:" + constant.GetType().Name + ":" + Convert.ToString(constant, CultureInfo.InvariantCulture), display);

        return key switch
        {
            ITypeOfOperation { TypeOperand: INamedTypeSymbol type } when !MentionsTypeParameter(type)
                => new LookupKey("type:" + Qualified(type), display),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } reference when OperationShape.IsOwnMember(reference)
                => new LookupKey("field:" + Qualified(field), display),
            IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field }
                => new LookupKey("field:" + Qualified(field), display),
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Global" or "Scoped", ContainingType.Name: "ClientKey" } method } call
                => OfParts(method.Name, call, display),
            _ => null,
        };
    }

    private static LookupKey? OfParts(string factory, IInvocationOperation call, string display)
    {
        var identity = new System.Text.StringBuilder("client:" + factory);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (Of(argument.Value) is not { } part)
                return null;

            identity.Append('|').Append(part.Identity);
        }

        return new LookupKey(identity.ToString(), display);
    }

    private static bool MentionsTypeParameter(INamedTypeSymbol type)
        => type.TypeArguments.Any(argument => argument is ITypeParameterSymbol || argument is INamedTypeSymbol named && MentionsTypeParameter(named));

    private static string Qualified(ISymbol symbol)
        => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) + "@" + symbol.ContainingNamespace?.ToDisplayString();
}
