using LockFree.Generators.Diagnostics;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators.Reading;

/// <summary>Decides how an accessors class gets its hub: through a constructor of ours, or through its own primary constructor.</summary>
internal static class ConstructorReader
{
    /// <summary>Null where the class can have no such constructor, which is reported.</summary>
    public static ConstructorModel? Read(INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken)
    {
        IMethodSymbol? primary = type.InstanceConstructors.FirstOrDefault(
            constructor => SyntaxOf(constructor, cancellationToken) is TypeDeclarationSyntax);
        if (primary is not null)
            return ReadPrimary(type, primary, problems);

        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (GeneratedMembers.IsGenerated(constructor)
                || SyntaxOf(constructor, cancellationToken) is not ConstructorDeclarationSyntax syntax)
                continue;

            if (constructor.Parameters is [var only] && IsHub(only))
            {
                problems.Report(AccessorRules.NoConstructor, constructor, type.Name, "it declares the constructor that is to be generated");
                return null;
            }

            // The copy constructor of a record takes the slots from the original.
            bool reachesGenerated = syntax.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer) || IsCopyConstructor(constructor);
            if (!reachesGenerated)
                problems.Report(AccessorRules.ConstructorLeavesClientsUnset, constructor, type.Name);
        }

        return ReadOwn(type, problems);
    }

    private static SyntaxNode? SyntaxOf(IMethodSymbol constructor, CancellationToken cancellationToken) =>
        constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);

    private static ConstructorModel? ReadPrimary(INamedTypeSymbol type, IMethodSymbol primary, ProblemReporter problems)
    {
        if (primary.Parameters.FirstOrDefault(IsHub) is { } hub)
        {
            return SyntaxFacts.IsValidIdentifier(hub.Name)
                ? new ConstructorModel(null, SourceNames.Identifier(hub.Name), PassesHubToBase: false)
                : null; // Half typed.
        }

        problems.Report(AccessorRules.NoConstructor, type, type.Name, "its primary constructor has no parameter of type 'ClientHub'");
        return null;
    }

    private static ConstructorModel? ReadOwn(INamedTypeSymbol type, ProblemReporter problems)
    {
        string accessibility = type.IsAbstract ? "protected" : "public";
        if (type.BaseType is not { SpecialType: not SpecialType.System_Object } baseType)
            return new ConstructorModel(accessibility, "hub", PassesHubToBase: false);

        if (baseType.TypeKind == TypeKind.Error)
            return null;

        if (baseType.OriginalDefinition.FindRuntimeAttribute(WellKnownNames.ClientAccessorsAttributeName) is not null)
        {
            string reason = $"it derives from the accessors class '{baseType.Name}', whose members it would hide";
            problems.Report(AccessorRules.NoConstructor, type, type.Name, reason);
            return null;
        }

        bool takesHub = false, takesNothing = false;
        foreach (IMethodSymbol constructor in baseType.InstanceConstructors)
        {
            if (!IsAccessibleFromDerived(constructor, type))
                continue;

            takesHub |= constructor.Parameters is [var only] && IsHub(only);
            takesNothing |= constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams);
        }

        if (takesHub || takesNothing)
            return new ConstructorModel(accessibility, "hub", takesHub);

        string problem = $"its base class '{baseType.Name}' has no constructor that takes a 'ClientHub' or nothing";
        problems.Report(AccessorRules.NoConstructor, type, type.Name, problem);
        return null;
    }

    private static bool IsHub(IParameterSymbol parameter) =>
        parameter.RefKind == RefKind.None && WellKnownNames.IsRuntimeType(parameter.Type, WellKnownNames.ClientHubName);

    private static bool IsCopyConstructor(IMethodSymbol constructor) =>
        constructor.ContainingType.IsRecord
        && constructor.Parameters is [var only]
        && SymbolEqualityComparer.Default.Equals(only.Type, constructor.ContainingType);

    private static bool IsAccessibleFromDerived(IMethodSymbol constructor, INamedTypeSymbol derived)
    {
        bool sharesInternals = SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, derived.ContainingAssembly)
            || constructor.ContainingAssembly.GivesAccessTo(derived.ContainingAssembly);
        return constructor.DeclaredAccessibility switch
        {
            Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
            Accessibility.Internal or Accessibility.ProtectedAndInternal => sharesInternals,
            _ => false,
        };
    }
}
