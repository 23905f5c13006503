using System.Collections.Immutable;
using LockFree.Generators.Diagnostics;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators.Reading;

/// <summary>Reads one member that carries <c>[Client]</c>, and says what keeps it from being generated.</summary>
internal static class ClientDeclarationReader
{
    private const LanguageVersion FirstWithPartialProperties = (LanguageVersion)1300;
    private const string MustBePartial = "it must be partial";

    public static ClientDeclaration? Read(
        ISymbol member, AttributeData attribute, Compilation compilation, ProblemReporter problems, CancellationToken cancellationToken)
    {
        if (member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MemberDeclarationSyntax syntax)
        {
            // An accessor, or a parameter of a record that stands for a property.
            problems.Report(AccessorRules.WrongMemberShape, member, member.Name, "a client is a property or method of the class's body");
            return null;
        }

        (ClientMemberKind Kind, ITypeSymbol Contract)? shape = member switch
        {
            IPropertySymbol property => ReadProperty(property, syntax, problems),
            IMethodSymbol method => ReadMethod(method, syntax, problems),
            _ => null,
        };
        if (shape is not (ClientMemberKind kind, ITypeSymbol contract))
            return null;

        // What is half typed, does not bind, is static or less accessible than the member is the compiler's to report. Written down, it would
        // be an error once more.
        if (!IsNamed(member) || HasContradictoryAccessibility(syntax) || !SourceNames.CanBeWritten(contract) || contract.IsStatic || !contract.IsUsableWherever(member))
            return null;

        string? problem = contract switch
        {
            { IsReferenceType: false } => "a client must be of a reference type",
            _ when !SourceNames.IsVisibleIn(member.ContainingType, contract) => "its type contains a type parameter that a nearer type of the same name hides",
            _ => null,
        };
        if (problem is not null)
        {
            problems.Report(AccessorRules.WrongMemberShape, member, member.Name, problem);
            return null;
        }

        contract = contract.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        if (ClientKeyReader.Read(attribute, member, contract, problems) is not { } key)
            return null;

        string? initializer = InitializerReader.Read(attribute, member, contract, compilation, problems);
        return new ClientDeclaration(member, attribute, kind, Signature(member, syntax), contract, key, initializer, IsDocumented(syntax));
    }

    private static (ClientMemberKind Kind, ITypeSymbol Contract)? ReadProperty(
        IPropertySymbol property, MemberDeclarationSyntax syntax, ProblemReporter problems)
    {
        string? problem = property switch
        {
            { IsIndexer: true } => "an indexer cannot be a client",
            _ when FindCommonProblem(property, syntax) is { } common => common,
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it must not return by reference",
            { SetMethod: not null } or { GetMethod: null } => "it must have a getter and no setter",
            _ when HasBody((PropertyDeclarationSyntax)syntax) || IsImplementedByHand(property) =>
                "its body is generated: declare it as '{ get; }' only",
            _ when !IsPartial(syntax) => MustBePartial,
            _ => null,
        };
        if (problem is not null)
        {
            ReportWrongShape(property, property.Type, problem, problems);
            return null;
        }

        LanguageVersion version = ((CSharpParseOptions)syntax.SyntaxTree.Options).LanguageVersion;
        if (version < FirstWithPartialProperties)
        {
            string advice = $"declare the client as a partial method, '{SourceNames.ShortName(property.Type)} Get{property.Name}()'";
            problems.Report(AccessorRules.LanguageVersionTooOld, property, "Partial properties", "13", version.ToDisplayString(), advice);
            return null;
        }

        return (ClientMemberKind.Property, property.Type);
    }

    private static (ClientMemberKind Kind, ITypeSymbol Contract)? ReadMethod(
        IMethodSymbol method, MemberDeclarationSyntax syntax, ProblemReporter problems)
    {
        bool takesToken = method.Parameters is [{ RefKind: RefKind.None } parameter] && WellKnownNames.IsCancellationToken(parameter.Type);
        ITypeSymbol? lazyContract = takesToken ? WellKnownNames.ResultOfValueTask(method.ReturnType) : null;
        string? problem = method switch
        {
            { MethodKind: not MethodKind.Ordinary } => "only an ordinary method can be a client",
            _ when FindCommonProblem(method, syntax) is { } common => common,
            { PartialDefinitionPart: not null } => "its body is generated: declare it without one",
            _ when syntax is MethodDeclarationSyntax { Body: not null } or MethodDeclarationSyntax { ExpressionBody: not null } =>
                "its body is generated: declare it without one",
            { PartialImplementationPart: { } part } when !GeneratedMembers.IsGenerated(part) => "it is implemented by hand",
            { Arity: > 0 } => "it must not be generic",
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it must not return by reference",
            { DeclaredAccessibility: Accessibility.Private } when !HasAccessibility(syntax) =>
                "a partial method that returns something needs an accessibility modifier",
            _ when lazyContract is null && (!method.Parameters.IsEmpty || method.ReturnsVoid || WellKnownNames.IsTask(method.ReturnType)) =>
                "a client's method is 'T GetName()' or, to make it on first use, 'ValueTask<T> NameAsync(CancellationToken)'",
            _ when !IsPartial(syntax) => MustBePartial,
            _ => null,
        };
        if (problem is not null)
        {
            ReportWrongShape(method, lazyContract ?? method.ReturnType, problem, problems);
            return null;
        }

        return lazyContract is null ? (ClientMemberKind.Method, method.ReturnType) : (ClientMemberKind.LazyMethod, lazyContract);
    }

    private static void ReportWrongShape(ISymbol member, ITypeSymbol contract, string problem, ProblemReporter problems)
    {
        // The property is for the code fix: whether more than the modifier is missing is known here only.
        ImmutableDictionary<string, string?> properties = problem == MustBePartial && contract.IsReferenceType
            ? ImmutableDictionary<string, string?>.Empty.Add("LacksOnlyPartial", null)
            : ImmutableDictionary<string, string?>.Empty;
        problems.Report(AccessorRules.WrongMemberShape, member, properties, member.Name, problem);
    }

    private static bool IsNamed(ISymbol member) =>
        SyntaxFacts.IsValidIdentifier(member.Name)
        && (member is not IMethodSymbol method || method.Parameters.All(parameter => SyntaxFacts.IsValidIdentifier(parameter.Name)));

    private static bool IsPartial(MemberDeclarationSyntax syntax) => syntax.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static string? FindCommonProblem(ISymbol member, MemberDeclarationSyntax syntax)
    {
        foreach (SyntaxToken modifier in syntax.Modifiers)
        {
            if (!CanBeRepeated(modifier))
                return $"it must not be '{modifier.ValueText}'";
        }

        bool isExplicit = member is IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false }
            or IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false };
        return isExplicit ? "it must not implement an interface explicitly" : null;
    }

    // The modifiers that a client may have are those that an implementing part can repeat without changing what it says.
    private static bool CanBeRepeated(SyntaxToken modifier) => modifier.Kind() is SyntaxKind.PartialKeyword
        or SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword
        or SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.SealedKeyword or SyntaxKind.NewKeyword;

    private static bool HasAccessibility(MemberDeclarationSyntax syntax) => syntax.Modifiers.Any(modifier => modifier.Kind() is
        SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword);

    // Of two, only 'protected internal' and 'private protected' mean something.
    private static bool HasContradictoryAccessibility(MemberDeclarationSyntax syntax)
    {
        SyntaxTokenList modifiers = syntax.Modifiers;
        bool isProtected = modifiers.Any(SyntaxKind.ProtectedKeyword);
        bool isInternal = modifiers.Any(SyntaxKind.InternalKeyword);
        bool isPrivate = modifiers.Any(SyntaxKind.PrivateKeyword);
        return modifiers.Any(SyntaxKind.PublicKeyword) ? isProtected || isInternal || isPrivate : isPrivate && isInternal;
    }

    private static bool HasBody(PropertyDeclarationSyntax property) =>
        property.ExpressionBody is not null
        || property.Initializer is not null
        || property.AccessorList is not { } accessors
        || accessors.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null);

    // Roslyn 4.8 has no symbol for the implementing part of a property, so it is looked for in source.
    private static bool IsImplementedByHand(IPropertySymbol property)
    {
        if (GeneratedMembers.IsGenerated(property))
            return false;

        int declarations = 0;
        foreach (SyntaxReference reference in property.ContainingType.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not TypeDeclarationSyntax type)
                continue;

            IEnumerable<PropertyDeclarationSyntax> properties = type.Members.OfType<PropertyDeclarationSyntax>();
            declarations += properties.Count(other => other.Identifier.ValueText == property.Name);
        }

        return declarations > 1;
    }

    private static string Signature(ISymbol member, MemberDeclarationSyntax syntax)
    {
        // Last, where the language wants it, wherever it stands while somebody types.
        IEnumerable<string> others = syntax.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword)).Select(modifier => modifier.ValueText);
        string modifiers = string.Join(" ", others.Distinct().Append("partial"));
        string name = SourceNames.Identifier(member.Name);
        return member switch
        {
            IPropertySymbol property => $"{modifiers} {SourceNames.FullName(property.Type)} {name}",
            IMethodSymbol method => $"{modifiers} {SourceNames.FullName(method.ReturnType)} {name}({Parameters(method)})",
            _ => throw new InvalidOperationException($"A {member.Kind} is no client."),
        };
    }

    private static string Parameters(IMethodSymbol method) => method.Parameters is [var parameter]
        ? $"{WellKnownNames.CancellationToken} {SourceNames.Identifier(parameter.Name)}"
        : "";

    // Told by its text: in a project that writes no documentation file the parser takes '///' for an ordinary comment.
    private static bool IsDocumented(MemberDeclarationSyntax syntax) => syntax.GetLeadingTrivia().Any(static trivia =>
        trivia.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
        || (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith("///", StringComparison.Ordinal))
        || (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && trivia.ToString().StartsWith("/**", StringComparison.Ordinal)));
}
