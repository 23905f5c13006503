using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Tells a value whose constructor calls or counts something, and may read a file or a version there, from one that only keeps what it is
/// given. Of the former it matters in which order they are made and stored.
/// </summary>
internal static class MadeByCode
{
    public static bool In(IOperation value) => value.DescendantsAndSelf().OfType<IObjectCreationOperation>()
        .Any(creation => creation.Constructor is { } constructor && constructor.ContainingType.IsInSource() && PartsOf(constructor).Any(HasStep));

    /// <summary>
    /// True where making the object calls something: any constructor of its type or of a base type may be the one that does, as they chain. What they
    /// call may lead anywhere, back to whoever makes the object included.
    /// </summary>
    public static bool ByCalls(IObjectCreationOperation creation)
    {
        for (INamedTypeSymbol? type = creation.Constructor?.ContainingType; type is not null && type.IsInSource(); type = type.BaseType)
        {
            if (type.InstanceConstructors.SelectMany(PartsOf).SelectMany(part => part.DescendantNodes()).OfType<InvocationExpressionSyntax>().Any(call => !OnlyChecks(call)))
                return true;
        }

        return false;
    }

    /// <summary>True for a method that assigns nothing and makes its result in a constructor that calls nothing.</summary>
    public static bool OnlyConverts(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax())
            .Any(written => HasStep(written) || written.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any())
        && !method.ContainingType.InstanceConstructors.SelectMany(PartsOf).Any(HasStep);

    /// <summary>The constructor as written, and what the fields and properties are initialised with.</summary>
    private static IEnumerable<SyntaxNode> PartsOf(IMethodSymbol constructor)
    {
        IEnumerable<SyntaxNode> written = constructor.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<ConstructorDeclarationSyntax>();
        IEnumerable<SyntaxNode> initialisers = constructor.ContainingType.GetMembers()
            .Where(member => member is { IsStatic: false, Kind: SymbolKind.Field or SymbolKind.Property })
            .SelectMany(member => member.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            })
            .OfType<SyntaxNode>();
        return written.Concat(initialisers);
    }

    private static bool HasStep(SyntaxNode part) => part.DescendantNodes().Any(node => node switch
    {
        InvocationExpressionSyntax call => !OnlyChecks(call),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        _ => false,
    });

    /// <summary><c>nameof(value)</c>, <c>ArgumentNullException.ThrowIfNull(value)</c></summary>
    private static bool OnlyChecks(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: "nameof" } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name.StartsWith("ThrowIf", StringComparison.Ordinal),
        _ => false,
    };
}
