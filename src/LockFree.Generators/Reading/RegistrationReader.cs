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
    public static RegistrationModel? Read(
        INamedTypeSymbol type, ConstructorModel constructor, Compilation compilation, HandWrittenRegistrations handWritten, ProblemReporter problems)
    {
        if (type is not { ContainingType: null, Arity: 0, IsAbstract: false } || !KnowsServices(compilation))
            return null;

        string className = type.Name + "ServiceCollectionExtensions";
        string method = "Add" + type.Name;
        if ((FindOther(type, className) ?? handWritten.ContainerOf(method, compilation)) is { } other)
        {
            problems.Report(AccessorRules.MemberLeftOut, type, method, other);
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

    /// <summary>The type that the generated one would meet.</summary>
    private static string? FindOther(INamedTypeSymbol type, string className) => type.ContainingNamespace
        .GetTypeMembers(className, arity: 0)
        .Where(static taken => !GeneratedMembers.IsGenerated(taken))
        .Select(SourceNames.ShortName)
        .FirstOrDefault();
}
