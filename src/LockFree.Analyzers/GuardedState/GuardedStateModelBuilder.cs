using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Builds the <see cref="GuardedStateModel"/> of one outermost type.</summary>
internal static class GuardedStateModelBuilder
{
    /// <param name="family">The type with its nested types.</param>
    /// <param name="bodyOf">
    /// The operations of a method, accessor, or of the initialiser of a field or property, in evaluation order; default or empty where
    /// there are none. The builder never binds: who calls it decides where the operations come from.
    /// </param>
    /// <param name="wrappers">Shared by everybody who asks about one compilation.</param>
    /// <param name="cancellationToken">Ends the walk early.</param>
    public static GuardedStateModel Build(
        TypeFamily family, Func<ISymbol, ImmutableArray<IOperation>> bodyOf, LockWrappers wrappers, CancellationToken cancellationToken)
    {
        var model = new GuardedStateModel(family);
        var walker = new BodyWalker(model, new LockCalls(wrappers), bodyOf, cancellationToken);
        try
        {
            WalkInitializers(family, bodyOf, walker);
            WalkMethods(family, bodyOf, walker, model);
        }
        catch (InsufficientExecutionStackException)
        {
            model.IsIncomplete = true; // an expression nested deeper than the stack: nothing is said about its type
        }

        model.Complete();
        return model;
    }

    private static void WalkInitializers(TypeFamily family, Func<ISymbol, ImmutableArray<IOperation>> bodyOf, BodyWalker walker)
    {
        foreach (INamedTypeSymbol type in family.Types)
        {
            foreach (ISymbol member in type.GetMembers())
            {
                if (member is IFieldSymbol or IPropertySymbol && bodyOf(member) is { IsDefaultOrEmpty: false } initializer)
                    walker.WalkRoot(null, type, initializer, inConstruction: true);
            }
        }
    }

    private static void WalkMethods(TypeFamily family, Func<ISymbol, ImmutableArray<IOperation>> bodyOf, BodyWalker walker,
        GuardedStateModel model)
    {
        var onlyCalled = new Dictionary<IMethodSymbol, int>(SymbolEqualityComparer.Default); // each with its place in the source
        foreach (IMethodSymbol method in family.Types.SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>())
        {
            model.HasAsyncCode |= method.IsAsync;
            if (IsCalledFromTheTypeOnly(method))
                onlyCalled[method] = onlyCalled.Count;
            else
                WalkRoot(method);
        }

        // helpers that are reached without a lock; a walk may reach further ones
        var isRoot = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        while (walker.TakeNewRoots() is { IsEmpty: false } found)
        {
            foreach (IMethodSymbol method in found.Where(onlyCalled.ContainsKey).OrderBy(method => onlyCalled[method]))
            {
                isRoot.Add(method);
                WalkRoot(method);
            }
        }

        // and those that nobody seems to call: somebody may, through reflection or a part that is not there yet
        foreach (IMethodSymbol method in onlyCalled.OrderBy(called => called.Value).Select(called => called.Key))
        {
            if (!isRoot.Contains(method) && !walker.HasVisited(method))
                WalkRoot(method);
        }

        void WalkRoot(IMethodSymbol method)
        {
            IMethodSymbol implementation = method.PartialImplementationPart ?? method;
            ImmutableArray<IOperation> body = bodyOf(implementation);
            if (!body.IsDefaultOrEmpty)
            {
                bool isConstructor = method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor;
                walker.WalkRoot(implementation, method.ContainingType, body, isConstructor);
            }
        }
    }

    private static bool IsCalledFromTheTypeOnly(IMethodSymbol method) =>
        method.DeclaredAccessibility == Accessibility.Private
        && method.MethodKind is MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet
        && method.ExplicitInterfaceImplementations.IsEmpty;
}
