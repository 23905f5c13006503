using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace LockFree.CodeFixes.ClientAccessors;

/// <summary>The method that a client names as its initialiser, with the signature its slot wants.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">What it returns, a <c>ValueTask&lt;T&gt;</c> of the client's type.</param>
/// <param name="Key">The type of its first parameter.</param>
/// <param name="Token">The type of its second parameter.</param>
/// <param name="Exception">What it throws until it is written.</param>
internal sealed record InitializerStub(string Name, ITypeSymbol Result, ITypeSymbol Key, ITypeSymbol Token, ITypeSymbol Exception)
{
    private const string Indentation = "    ";

    /// <summary>The initialiser that the attribute names; null where it names none, or one whose name something in the class or a base class bears.</summary>
    public static InitializerStub? Missing(
        AttributeSyntax attribute, MemberDeclarationSyntax member, SemanticModel model, CancellationToken cancellationToken)
    {
        Compilation compilation = model.Compilation;
        if (!model.GetTypeInfo(attribute, cancellationToken).Type.IsRuntimeType("ClientAttribute")
            || model.GetDeclaredSymbol(member, cancellationToken) is not { ContainingType: { } type } client
            || NameIn(attribute, model, cancellationToken) is not { } name
            || !SyntaxFacts.IsValidIdentifier(name)
            || IsTaken(type, name)
            || compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1") is not { } valueTask
            || ContractOf(client, valueTask) is not { IsReferenceType: true } contract
            || compilation.GetTypeByMetadataName("LockFree.ClientKey") is not { } key
            || compilation.GetTypeByMetadataName("System.Threading.CancellationToken") is not { } token
            || compilation.GetTypeByMetadataName("System.NotImplementedException") is not { } exception)
            return null;

        contract = contract.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        return new InitializerStub(name, valueTask.Construct(contract), key, token, exception);
    }

    /// <summary>The method, laid out to follow the client's last member.</summary>
    public MemberDeclarationSyntax Declare(Document document, MemberDeclarationSyntax client)
    {
        string line = LineLayout.LineEndOf(client.SyntaxTree.GetRoot()).ToString();
        string margin = client.GetLeadingTrivia().LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? last.ToString() : "";
        string name = SyntaxFacts.GetKeywordKind(Name) == SyntaxKind.None ? Name : "@" + Name;
        MemberDeclarationSyntax method = SyntaxFactory.ParseMemberDeclaration(
            $"{line}{margin}private static Result {name}(Key key, Token cancellationToken){line}"
            + $"{margin}{{{line}{margin}{Indentation}throw new Exception();{line}{margin}}}{line}")!;

        SyntaxGenerator generator = SyntaxGenerator.GetGenerator(document);
        var types = new Dictionary<string, ITypeSymbol>
        {
            [nameof(Result)] = Result,
            [nameof(Key)] = Key,
            [nameof(Token)] = Token,
            [nameof(Exception)] = Exception,
        };
        return method
            .ReplaceNodes(method.DescendantNodes().OfType<IdentifierNameSyntax>(), (written, _) => generator
                .TypeExpression(types[written.Identifier.ValueText])
                .WithTriviaFrom(written)
                .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static string? NameIn(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
    {
        ExpressionSyntax? value = attribute.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Initializer")?.Expression;
        return value switch
        {
            null => null,
            InvocationExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
                ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax named }],
            } => named.Identifier.ValueText,
            _ => model.GetConstantValue(value, cancellationToken).Value as string,
        };
    }

    private static bool IsTaken(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == name || !current.GetMembers(name).IsEmpty)
                return true;
        }

        return false;
    }

    private static ITypeSymbol? ContractOf(ISymbol client, INamedTypeSymbol valueTask) => client switch
    {
        IPropertySymbol property => property.Type,
        IMethodSymbol { ReturnType: INamedTypeSymbol { TypeArguments: [var result] } task }
            when SymbolEqualityComparer.Default.Equals(task.OriginalDefinition, valueTask) => result,
        IMethodSymbol { ReturnsVoid: false } method => method.ReturnType,
        _ => null,
    };
}
