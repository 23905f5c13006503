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
    // Looked for once per compilation, however many classes ask.
    private static readonly ConditionalWeakTable<Compilation, ILookup<string, ISymbol>> WrittenByHand = new();

    public static RegistrationModel? Read(INamedTypeSymbol type, ConstructorModel constructor, Compilation compilation, ProblemReporter problems)
    {
        if (type is not { ContainingType: null, Arity: 0, IsAbstract: false } || !KnowsServices(compilation))
            return null;

        string method = MethodName(type.Name);
        if (FindOther(type, method, compilation) is { } other)
        {
            problems.Report(AccessorRules.MemberLeftOut, type, method, SourceNames.ShortName(other));
            return null;
        }

        bool takesHubOnly = (!constructor.IsPrimary || type.InstanceConstructors.Any(TakesHubOnly)) && !HasRequiredMember(type);
        return new RegistrationModel(type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal", takesHubOnly);
    }

    /// <summary>What the method is called for a class of that name.</summary>
    public static string MethodName(string className) => "Add" + className;

    /// <summary>What its static class is called.</summary>
    public static string ClassName(string className) => className + "ServiceCollectionExtensions";

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
    private static INamedTypeSymbol? FindOther(INamedTypeSymbol type, string method, Compilation compilation) =>
        type.ContainingNamespace.GetTypeMembers(ClassName(type.Name), arity: 0).FirstOrDefault(taken => !GeneratedMembers.IsGenerated(taken))
        ?? WrittenByHand.GetValue(compilation, FindMethods)[method].FirstOrDefault()?.ContainingType;

    private static ILookup<string, ISymbol> FindMethods(Compilation compilation) => compilation
        .GetSymbolsWithName(static name => name.StartsWith("Add", StringComparison.Ordinal) && name.Length > 3, SymbolFilter.Member)
        .Where(static member => member is IMethodSymbol { ContainingType: { IsStatic: true } container } && !GeneratedMembers.IsGenerated(container))
        .ToLookup(static member => member.Name, StringComparer.Ordinal);
}
