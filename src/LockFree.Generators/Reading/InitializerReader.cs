using LockFree.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>Finds the method that a <c>[Client]</c> names as its initialiser.</summary>
internal static class InitializerReader
{
    /// <summary>The method group as source; null where none is named or the named one does not serve.</summary>
    public static string? Read(
        AttributeData client, ISymbol member, ITypeSymbol contract, Compilation compilation, ProblemReporter problems)
    {
        if (client.FindNamedText("Initializer") is not { } name)
            return null;

        INamedTypeSymbol type = member.ContainingType;
        bool isFound = false;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol candidate in current.GetMembers(name))
            {
                isFound = true;
                if (candidate is IMethodSymbol method && Fits(method, contract) && compilation.IsSymbolAccessibleWithin(method, type))
                    return $"{(method.IsStatic ? SourceNames.NameWithTypeParameters(type) : "this")}.{SourceNames.Identifier(name)}";
            }
        }

        string wanted = $"ValueTask<{SourceNames.ShortName(contract)}> {name}(ClientKey, CancellationToken)";
        string problem = isFound
            ? $"its initialiser must be '{wanted}'"
            : $"'{type.Name}' has no method '{wanted}'";
        problems.Report(AccessorRules.InvalidInitializer, client, member.Name, problem);
        return null;
    }

    // Exactly the delegate that the slot takes: ValueTask<T> has no variance, so a method that returns a derived client does not convert.
    private static bool Fits(IMethodSymbol method, ITypeSymbol contract) =>
        method is { MethodKind: MethodKind.Ordinary, Arity: 0, ReturnsByRef: false, ReturnsByRefReadonly: false }
        && method.Parameters is [{ RefKind: RefKind.None } key, { RefKind: RefKind.None } cancellationToken]
        && WellKnownNames.IsRuntimeType(key.Type, WellKnownNames.ClientKeyName)
        && WellKnownNames.IsCancellationToken(cancellationToken.Type)
        && SymbolEqualityComparer.Default.Equals(WellKnownNames.ResultOfValueTask(method.ReturnType), contract);
}
