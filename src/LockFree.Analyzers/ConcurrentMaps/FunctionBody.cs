using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>
/// A method's, lambda's or local function's own code: its uses of concurrent maps, and, looked up only once two of them may belong
/// together, what it assigns and changes. Positions are those of the source text.
/// </summary>
internal sealed class FunctionBody(IOperation root)
{
    private List<IOperation>? _operations;

    /// <summary>The function an operation belongs to, with its uses of concurrent maps read.</summary>
    public static FunctionBody Around(IOperation operation)
    {
        IOperation root = operation;
        while (root is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && root.Parent is { } parent)
            root = parent;
        var function = new FunctionBody(root);
        function.Uses.AddRange(function.Operations.Select(MapOperation.Of).OfType<MapOperation>());
        return function;
    }

    /// <summary>The body, or the lambda or local function.</summary>
    public IOperation Root { get; } = root;

    /// <summary>The uses of concurrent maps, in the order of the source.</summary>
    public List<MapOperation> Uses { get; } = [];

    /// <summary>The operations of this function, without those of functions inside it, in the order of the source.</summary>
    public List<IOperation> Operations => _operations ??= Collect(Root);

    /// <summary>Whether a variable gets a new value between two positions.</summary>
    public bool IsAssigned(ISymbol symbol, int from, int to) => Assignments(symbol, from, to).Any();

    /// <summary>The values a variable gets between two positions, in order; null for one that does not stand in the source.</summary>
    public IEnumerable<IOperation?> Assignments(ISymbol symbol, int from, int to)
    {
        foreach (IOperation operation in Operations)
        {
            int position = operation.Syntax.SpanStart;
            if (position < from || position >= to)
                continue;
            switch (operation)
            {
                case ISimpleAssignmentOperation assignment when StableExpression.Names(assignment.Target, symbol):
                    yield return assignment.Value;
                    break;
                case IVariableDeclaratorOperation { Initializer: { } initializer } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, symbol):
                    yield return initializer.Value;
                    break;
                case IAssignmentOperation assignment and not ISimpleAssignmentOperation
                    when assignment.Target.DescendantsAndSelf().Any(part => StableExpression.Names(part, symbol)):
                    yield return null;
                    break;
                case IIncrementOrDecrementOperation change when StableExpression.Names(change.Target, symbol):
                    yield return null;
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument when NamedBy(argument.Value, symbol):
                    yield return null;
                    break;
            }
        }
    }

    /// <summary>Where the object a variable refers to is changed through it: a member assigned, or a member called that changes by its name.</summary>
    public bool IsMutated(ISymbol symbol, Func<int, bool> where) => Mutations(symbol, where).Any();

    /// <summary>The assignments and calls that change the object a variable refers to; a lock statement on it counts as one.</summary>
    public IEnumerable<IOperation> Mutations(ISymbol symbol, Func<int, bool> where) => Operations.Where(operation => where(operation.Syntax.SpanStart) && operation switch
    {
        IAssignmentOperation assignment => IsRootedAt(assignment.Target, symbol),
        IIncrementOrDecrementOperation change => IsRootedAt(change.Target, symbol),
        IInvocationOperation { Instance: { } instance } call =>
            CallEffects.MutatesByName(call.TargetMethod.Name) && (StableExpression.Names(instance, symbol) || IsRootedAt(instance, symbol)),
        ILockOperation statement => StableExpression.Names(statement.LockedValue, symbol),
        _ => false,
    });

    /// <summary>A member of the variable's object, or of an object that object holds.</summary>
    public static bool IsRootedAt(IOperation? target, ISymbol symbol)
    {
        IOperation? instance = OwnerOf(target);
        while (instance is not null)
        {
            instance = OperationEquality.WithoutConversions(instance)!;
            if (StableExpression.Names(instance, symbol))
                return true;
            instance = OwnerOf(instance);
        }

        return false;
    }

    /// <summary>The function itself stores or removes an entry of the map between the two.</summary>
    public bool IsEntryChangedBetween(MapOperation check, MapOperation act) => Uses.Any(use =>
        use.Position > check.Position && use.Position < act.Position && use.Kind is not (MapOperationKind.Contains or MapOperationKind.Get)
        && OperationEquality.SameValue(use.Map, act.Map));

    /// <summary>Where the type is not known, the text still says whose member it is.</summary>
    private static IOperation? OwnerOf(IOperation? part) => part switch
    {
        IMemberReferenceOperation member => member.Instance,
        IInvalidOperation { Syntax: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } unknown => unknown.ChildOperations.FirstOrDefault(),
        _ => null,
    };

    private static bool NamedBy(IOperation argument, ISymbol symbol) =>
        StableExpression.Names(argument is IDeclarationExpressionOperation declaration ? declaration.Expression : argument, symbol);

    private static List<IOperation> Collect(IOperation root)
    {
        var operations = new List<IOperation>();
        var open = new Stack<IOperation>();
        open.Push(root);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            operations.Add(operation);
            foreach (IOperation child in operation.ChildOperations.Reverse())
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
                    open.Push(child);
            }
        }

        return operations;
    }
}
