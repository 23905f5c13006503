using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.Downcasts;

/// <summary>How a registry gives out what it holds.</summary>
internal enum RegistryKind
{
    /// <summary>A dictionary of objects or of a common interface, asked by indexer, <c>TryGetValue</c> or <c>GetValueOrDefault</c>.</summary>
    Dictionary,

    /// <summary>A type of the project's own with a <c>Get(key)</c> that returns an object or a common interface.</summary>
    ErasedHub,

    /// <summary><c>LockFree.ClientHub</c>, whose <c>Get&lt;T&gt;</c> casts on every call where a slot casts once.</summary>
    ClientHub,
}

/// <summary>The members of a type, and the parameters of its primary constructor, that hold a registry of clients.</summary>
internal sealed class ClientRegistries
{
    private readonly Dictionary<ISymbol, RegistryKind> _kinds = new(SymbolEqualityComparer.Default);

    private ClientRegistries()
    {
    }

    public bool IsEmpty => _kinds.Count == 0;

    public bool TryGetKind(ISymbol? symbol, out RegistryKind kind)
    {
        if (symbol is not null)
            return _kinds.TryGetValue(symbol, out kind);

        kind = default;
        return false;
    }

    public static ClientRegistries Of(INamedTypeSymbol type, INamedTypeSymbol? clientHub)
    {
        var registries = new ClientRegistries();
        foreach (ISymbol member in type.GetMembers())
        {
            // An auto-property stands for its backing field; a computed one may answer with another object every time.
            if (member is not IFieldSymbol { IsConst: false } field)
                continue;

            ISymbol named = field.AssociatedSymbol ?? field;
            bool belongsToType = field.AssociatedSymbol is IPropertySymbol property
                ? property.SetMethod is null || property.SetMethod.IsInitOnly
                : field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private;
            if (belongsToType)
                registries.Consider(named, field.Type, clientHub);
        }

        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax))
            {
                foreach (IParameterSymbol parameter in constructor.Parameters)
                    registries.Consider(parameter, parameter.Type, clientHub);
            }
        }

        return registries;
    }

    private void Consider(ISymbol symbol, ITypeSymbol type, INamedTypeSymbol? clientHub)
    {
        // Most fields are none by their type alone, and are let go before their names are taken apart.
        if (type.SpecialType != SpecialType.None || type.TypeKind is not (TypeKind.Class or TypeKind.Interface))
            return;
        if (clientHub is not null && SymbolEqualityComparer.Default.Equals(type, clientHub))
            _kinds[symbol] = RegistryKind.ClientHub;
        else if (KindOf(type) is { } kind && !NameWords.SuggestData(symbol.Name))
            _kinds[symbol] = kind;
    }

    private static RegistryKind? KindOf(ITypeSymbol type)
    {
        if (DictionaryValue(type) is { } value)
            return IsErased(value) ? RegistryKind.Dictionary : null;
        return NameWords.SuggestRegistry(type.Name) && !NameWords.SuggestData(type.Name) ? RegistryKind.ErasedHub : null;
    }

    /// <summary>Object, or an interface that clients of several kinds can share.</summary>
    public static bool IsErased(ITypeSymbol type)
        => type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Interface && !type.AllInterfaces.Append(type).Any(IsEnumerable);

    private static bool IsEnumerable(ITypeSymbol type) => type.SpecialType == SpecialType.System_Collections_IEnumerable;

    private static ITypeSymbol? DictionaryValue(ITypeSymbol type)
    {
        foreach (INamedTypeSymbol candidate in type.AllInterfaces.Append((INamedTypeSymbol)type))
        {
            if (candidate is { MetadataName: "IDictionary`2" or "IReadOnlyDictionary`2", TypeArguments: [_, { } value] }
                && candidate.ContainingNamespace.ToDisplayString() == "System.Collections.Generic")
                return value;
        }

        return null;
    }
}
