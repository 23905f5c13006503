using System.Runtime.CompilerServices;
using LockFree.Generators.Diagnostics;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// Decides whether a class gets a method that registers it with a service collection: where the project knows service collections, and nobody has
/// written such a method by hand. A nested or generic class is registered as its owner sees fit.
/// </summary>
internal static class RegistrationReader
{
    private const TypeKind ExtensionBlock = (TypeKind)14;

    // Looked for once per compilation, however many classes ask.
    private static readonly ConditionalWeakTable<Compilation, ILookup<string, IMethodSymbol>> WrittenByHand = new();

    public static RegistrationModel? Read(INamedTypeSymbol type, ConstructorModel constructor, Compilation compilation, ProblemReporter problems)
    {
        if (type is not { ContainingType: null, Arity: 0, IsAbstract: false } || !KnowsServices(compilation))
            return null;

        string className = type.Name + "ServiceCollectionExtensions";
        string method = "Add" + type.Name;
        if (FindOther(type, className, method, compilation) is { } other)
        {
            problems.Report(AccessorRules.MemberLeftOut, type, method, SourceNames.ShortName(other));
            return null;
        }

        bool takesHubOnly = (!constructor.IsPrimary || type.InstanceConstructors.Any(TakesHubOnly)) && !HasRequiredMember(type);
        string accessibility = type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal";
        return new RegistrationModel(accessibility, className, method, takesHubOnly);
    }

    private static bool TakesHubOnly(IMethodSymbol constructor) =>
        constructor is { DeclaredAccessibility: Accessibility.Public, Parameters: [var only] }
        && WellKnownNames.IsRuntimeType(only.Type, WellKnownNames.ClientHubName);

    // The container's reflection does not ask for them, an object creation does.
    private static bool HasRequiredMember(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers().Any(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }

        return false;
    }

    private static bool KnowsServices(Compilation compilation) =>
        compilation.GetTypeByMetadataName(WellKnownNames.ServiceCollection) is not null
        && compilation.GetTypeByMetadataName(WellKnownNames.ServiceCollectionExtensions) is not null;

    /// <summary>The type that the generated one would meet, or the one that has such a method: calls would be ambiguous.</summary>
    private static INamedTypeSymbol? FindOther(INamedTypeSymbol type, string className, string method, Compilation compilation) =>
        type.ContainingNamespace.GetTypeMembers(className, arity: 0).FirstOrDefault(static taken => !GeneratedMembers.IsGenerated(taken))
        ?? WrittenByHand.GetValue(compilation, FindMethods)[method].Select(static written => written.ContainingType)
            .Select(static container => IsExtensionBlock(container) ? container.ContainingType : container).FirstOrDefault();

    private static ILookup<string, IMethodSymbol> FindMethods(Compilation compilation) => compilation
        .GetSymbolsWithName(static name => name.StartsWith("Add", StringComparison.Ordinal) && name.Length > 3, SymbolFilter.Member)
        .OfType<IMethodSymbol>()
        .Where(static method => IsRegistration(method) && !GeneratedMembers.IsGenerated(method.ContainingType))
        .ToLookup(static method => method.Name, StringComparer.Ordinal);

    // Callable as 'services.AddClients()'.
    private static bool IsRegistration(IMethodSymbol method) =>
        IsExtensionBlock(method.ContainingType) || method is { IsExtensionMethod: true, Arity: 0, Parameters: [{ Type: INamedTypeSymbol services }, ..] }
        && services.ToDisplayString() == WellKnownNames.ServiceCollection
        && method.Parameters.Skip(1).All(static parameter => parameter.IsOptional || parameter.IsParams);

    // Of C# 14. What it extends cannot be asked of a compiler that old code was written for.
    private static bool IsExtensionBlock(INamedTypeSymbol type) => type.TypeKind == ExtensionBlock;
}
