using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ClientAccessors;

/// <summary>
/// Lets a constructor that takes the hub call the generated one (LF9012), where that calls the same constructor of the base class. One that
/// does not take the hub would need another parameter, which is for its callers to say.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GeneratedConstructorCodeFixProvider))]
[Shared]
public sealed class GeneratedConstructorCodeFixProvider : CodeFixProvider
{
    private const string DiagnosticId = "LF9012";
    private const string EquivalenceKey = DiagnosticId + ".This";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SiteBySite.FixAll(FixAsync);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        SiteBySite.OfferAsync(context, "Call the generated constructor", EquivalenceKey, FixAsync);

    private static async Task<Document?> FixAsync(Document document, SyntaxNode site, CancellationToken cancellationToken)
    {
        if (site is not ConstructorDeclarationSyntax declaration
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } constructor
            || constructor.Parameters.Where(IsHub).ToArray() is not [{ NullableAnnotation: not NullableAnnotation.Annotated } hub]
            || !CallsSameBase(declaration, constructor, hub, model, cancellationToken))
            return null;

        ConstructorDeclarationSyntax changed = declaration.WithInitializer(Initializer(declaration, hub));
        if (declaration.Initializer is null)
            changed = changed.WithParameterList(changed.ParameterList.WithTrailingTrivia(SyntaxFactory.Space));
        return document.WithSyntaxRoot(model.SyntaxTree.GetRoot(cancellationToken).ReplaceNode(declaration, changed));
    }

    private static bool IsHub(IParameterSymbol parameter) => parameter.RefKind == RefKind.None && parameter.Type.IsRuntimeType("ClientHub");

    // The generated constructor gives the hub to a base class that takes it, and else nothing.
    private static bool CallsSameBase(
        ConstructorDeclarationSyntax declaration, IMethodSymbol constructor, IParameterSymbol hub, SemanticModel model, CancellationToken cancellationToken)
    {
        bool baseTakesHub = constructor.ContainingType.BaseType is { } baseType
            && baseType.InstanceConstructors.Any(candidate => candidate.Parameters is [var only] && IsHub(only));
        return declaration.Initializer switch
        {
            null or { ArgumentList.Arguments.Count: 0 } => !baseTakesHub,
            { ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax name }] } =>
                baseTakesHub && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, hub),
            _ => false,
        };
    }

    private static ConstructorInitializerSyntax Initializer(ConstructorDeclarationSyntax declaration, IParameterSymbol hub)
    {
        ParameterSyntax parameter = declaration.ParameterList.Parameters[hub.Ordinal];
        ArgumentSyntax argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(parameter.Identifier.WithoutTrivia()));
        if (declaration.Initializer is { } written)
        {
            return SyntaxFactory.ConstructorInitializer(
                SyntaxKind.ThisConstructorInitializer,
                written.ColonToken,
                SyntaxFactory.Token(SyntaxKind.ThisKeyword).WithTriviaFrom(written.ThisOrBaseKeyword),
                written.ArgumentList.WithArguments(SyntaxFactory.SingletonSeparatedList(argument)));
        }

        ConstructorInitializerSyntax initializer = SyntaxFactory.ConstructorInitializer(
            SyntaxKind.ThisConstructorInitializer, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(argument)));
        return initializer
            .WithColonToken(initializer.ColonToken.WithTrailingTrivia(SyntaxFactory.Space))
            .WithTrailingTrivia(declaration.ParameterList.GetTrailingTrivia());
    }
}
