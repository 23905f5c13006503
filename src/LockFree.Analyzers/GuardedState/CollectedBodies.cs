using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>The bodies an analyzer driver hands out, collected concurrently until all of a type are there.</summary>
internal sealed class CollectedBodies
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IOperation>> _bodies = new(SymbolEqualityComparer.Default);

    public void Add(ISymbol owner, ImmutableArray<IOperation> blocks)
    {
        ImmutableArray<IOperation> body = InOrder(blocks);
        if (body.IsEmpty)
            return;

        // an expression-bodied property may come under its own name
        if (owner is IPropertySymbol { GetMethod: { } getter } && body[0] is IBlockOperation)
            owner = getter;
        _bodies[owner.OriginalDefinition] = body;
    }

    /// <summary>Every body by its owner, in no order.</summary>
    public IEnumerable<KeyValuePair<ISymbol, ImmutableArray<IOperation>>> All => _bodies;

    /// <summary>What <see cref="GuardedStateModelBuilder"/> asks for.</summary>
    public ImmutableArray<IOperation> BodyOf(ISymbol owner) => _bodies.TryGetValue(owner, out ImmutableArray<IOperation> body) ? body
        : default;

    /// <summary>The semantic model by which the driver bound a document; null for one without any operation.</summary>
    public SemanticModel? SemanticModelOf(SyntaxTree tree) => _bodies.Values.SelectMany(body => body)
        .FirstOrDefault(block => block.Syntax.SyntaxTree == tree)?.SemanticModel;

    /// <summary>
    /// What runs, in the order of its evaluation: a constructor's initialiser stands before its body. Default values and attributes do not
    /// run.
    /// </summary>
    public static ImmutableArray<IOperation> InOrder(IEnumerable<IOperation> blocks) =>
        blocks.Where(block => block is not IParameterInitializerOperation && block.Kind != NewerOperationKinds.Attribute)
            .OrderBy(block => block.Syntax.SpanStart).ToImmutableArray();
}
