using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// The bodies of a type, bound on demand: for a code fix, which has no driver to hand them out. An analyzer must not use it.
/// </summary>
/// <param name="semanticModelOf">The semantic model of a syntax tree of the compilation.</param>
/// <param name="cancellationToken">Ends the binding early.</param>
internal sealed class CompiledBodies(Func<SyntaxTree, SemanticModel> semanticModelOf, CancellationToken cancellationToken)
{
    private readonly Dictionary<ISymbol, ImmutableArray<IOperation>> _bodies = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// What <see cref="GuardedStateModelBuilder"/> asks for. The operations of one body are the same objects at every call.
    /// </summary>
    public ImmutableArray<IOperation> BodyOf(ISymbol owner)
    {
        if (!_bodies.TryGetValue(owner, out ImmutableArray<IOperation> body))
        {
            body = CollectedBodies.InOrder(owner.DeclaringSyntaxReferences
                .Select(reference => BodySyntax(reference.GetSyntax(cancellationToken))).OfType<SyntaxNode>()
                .SelectMany(node => OutOfRoot(semanticModelOf(node.SyntaxTree).GetOperation(node, cancellationToken))));
            _bodies.Add(owner, body);
        }

        return body;
    }

    private static SyntaxNode? BodySyntax(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax field => field.Initializer,
        PropertyDeclarationSyntax property => property.Initializer,
        ArrowExpressionClauseSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => declaration,
        _ => null,
    };

    /// <summary>A method's root holds its constructor initialiser and its body.</summary>
    private static IEnumerable<IOperation> OutOfRoot(IOperation? operation) => operation switch
    {
        null => [],
        IMethodBodyBaseOperation => operation.ChildOperations,
        _ => [operation],
    };
}
