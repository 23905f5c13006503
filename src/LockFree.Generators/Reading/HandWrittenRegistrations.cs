using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// The methods of a project that can be called as <c>services.AddClients()</c>: beside one of the same name, a generated one would make calls ambiguous. Looked for
/// once, when the first class asks. Holds names only, so it serves every compilation that declares the same.
/// </summary>
internal sealed class HandWrittenRegistrations
{
    private const TypeKind ExtensionBlock = (TypeKind)14;

    private static readonly ConditionalWeakTable<Compilation, HandWrittenRegistrations> OfCompilations = new();

    // Looked for twice where two threads ask at once: they find the same.
    private volatile ILookup<string, string>? _containers;

    /// <summary>Those of one compilation.</summary>
    public static HandWrittenRegistrations Of(Compilation compilation) => OfCompilations.GetOrCreateValue(compilation);

    /// <summary>The name of the type that has such a method, if there is one.</summary>
    public string? ContainerOf(string method, Compilation compilation) => (_containers ??= Find(compilation))[method].FirstOrDefault();

    private static ILookup<string, string> Find(Compilation compilation) => compilation
        .GetSymbolsWithName(static name => name.StartsWith("Add", StringComparison.Ordinal) && name.Length > 3, SymbolFilter.Member)
        .OfType<IMethodSymbol>()
        .Where(static method => IsRegistration(method) && !GeneratedMembers.IsGenerated(method.ContainingType))
        .ToLookup(static method => method.Name, static method => SourceNames.ShortName(ContainerOf(method)), StringComparer.Ordinal);

    private static INamedTypeSymbol ContainerOf(IMethodSymbol method) =>
        method.ContainingType is { ContainingType: { } outer } block && IsExtensionBlock(block) ? outer : method.ContainingType;

    private static bool IsRegistration(IMethodSymbol method) =>
        IsExtensionBlock(method.ContainingType) || method is { IsExtensionMethod: true, Arity: 0, Parameters: [{ Type: INamedTypeSymbol services }, ..] }
        && services.ToDisplayString() == WellKnownNames.ServiceCollection
        && method.Parameters.Skip(1).All(static parameter => parameter.IsOptional || parameter.IsParams);

    // Of C# 14. What it extends cannot be asked of a compiler that old code was written for.
    private static bool IsExtensionBlock(INamedTypeSymbol type) => type.TypeKind == ExtensionBlock;
}
