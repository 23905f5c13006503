using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>A collection and the object it belongs to.</summary>
internal sealed record CollectionReference(CandidateField Candidate, ObjectPath Instance);

/// <summary>
/// What one walk knows of locals and parameters: another name of a lock or collection, newly made and unknown to others, taken from
/// a collection and so perhaps guarded with it. The facts follow assignments in the order of the walk.
/// </summary>
/// <remarks>
/// Branches are told apart by the arm a fact was learnt in. What must hold (a name of a lock, being new) holds inside that arm only;
/// what may hold (another name of a collection, taken from one) stays until an assignment that no path avoids.
/// </remarks>
internal sealed class LocalFacts
{
    private readonly TypeFamily _family;
    private readonly Dictionary<ISymbol, Fact<CollectionReference>> _collections = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Fact<ObjectPath>> _paths = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Fact<CandidateField>> _origins = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation> _arguments = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, LockRegion> _attempts = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, int> _lastAssigned = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, BranchArm?> _fresh = new(SymbolEqualityComparer.Default);
    private readonly Stack<CollectionReference?> _conditionalAccess = new();
    private readonly Func<ISymbol, ObjectPath?> _nameOf;
    private int _assignments;

    public LocalFacts(TypeFamily family)
    {
        _family = family;
        _nameOf = NameOf;
    }

    /// <summary>The arm the walk is in.</summary>
    public BranchArm? Arm { get; set; }

    /// <summary>The collection an expression refers to, the collection itself and not a part of it.</summary>
    public CollectionReference? CollectionOf(IOperation? expression, CallFrame frame)
    {
        switch (OperationEquality.WithoutConversions(expression))
        {
            case IFieldReferenceOperation field when _family.CandidateOf(field.Field) is { } candidate:
                return new CollectionReference(candidate, field.Field.IsStatic ? ObjectPath.Type(field.Field.ContainingType)
                    : PathOf(field.Instance, frame));
            case ILocalReferenceOperation local:
                return Lookup(_collections, local.Local)?.Value;
            case IParameterReferenceOperation parameter:
                return Lookup(_collections, parameter.Parameter.OriginalDefinition)?.Value;
            case IConditionalAccessInstanceOperation when _conditionalAccess.Count > 0:
                return _conditionalAccess.Peek();
            default:
                return null;
        }
    }

    public ObjectPath PathOf(IOperation? expression, CallFrame frame) => ObjectPaths.Of(expression, frame, _nameOf);

    /// <summary>
    /// The collection an expression's value was taken from, through members, calls and await; null for the collection itself.
    /// </summary>
    public CandidateField? OriginOf(IOperation? expression, CallFrame frame)
    {
        if (CollectionOf(expression, frame) is not null)
            return null;
        for (IOperation? part = OperationEquality.WithoutConversions(expression); part is not null; part = Source(part))
        {
            if (CollectionOf(part, frame) is { } reference)
                return reference.Candidate;
            ISymbol? variable = VariableOf(part);
            if (variable is not null && Lookup(_origins, variable) is { } origin)
                return origin.Value;
        }

        return null;
    }

    /// <summary>True for an object made here, which no other thread can know yet.</summary>
    public bool IsFresh(IOperation? expression)
    {
        expression = OperationEquality.WithoutConversions(expression);
        return expression switch
        {
            IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation => true,
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
            IPropertyReferenceOperation property => IsFresh(property.Instance),
            IInvocationOperation { TargetMethod.ContainingType.Name: "StringBuilder" } call => IsFresh(call.Instance),
            _ => VariableOf(expression) is { } variable && IsFreshVariable(variable),
        };
    }

    /// <summary>The region a flag says is held: what <c>TryEnter</c> answered.</summary>
    public LockRegion? AttemptOf(IOperation? expression) =>
        VariableOf(OperationEquality.WithoutConversions(expression)) is { } variable ? Lookup(_attempts, variable) : null;

    /// <summary>The key of a collection operation, in the words of the root where a helper was given it.</summary>
    public CollectionKey KeyOf(IOperation expression)
    {
        IOperation? resolved = OperationEquality.WithoutConversions(expression);
        for (int i = 0; i < 8 && resolved is IParameterReferenceOperation parameter; i++)
        {
            ISymbol symbol = parameter.Parameter.OriginalDefinition;
            if (Lookup(_arguments, symbol) is not { } argument || _lastAssigned.ContainsKey(symbol))
                break;
            resolved = OperationEquality.WithoutConversions(argument);
        }

        resolved ??= expression;
        int stamp = 0;
        foreach (IOperation part in resolved.DescendantsAndSelf())
        {
            if (VariableOf(part) is { } variable && _lastAssigned.TryGetValue(variable, out int assigned) && assigned > stamp)
                stamp = assigned;
        }

        return new CollectionKey(resolved, stamp);
    }

    public void Assign(ILocalSymbol local, IOperation? value, CallFrame frame)
    {
        Forget(local);
        IOperation? unwrapped = OperationEquality.WithoutConversions(value);
        if (unwrapped is null)
            return;
        if (CollectionOf(unwrapped, frame) is { } collection)
        {
            SetCollection(local, collection);
            return;
        }

        if (unwrapped is not ILocalReferenceOperation && PathOf(unwrapped, frame) is { IsUnknown: false } path)
            _paths[local] = new Fact<ObjectPath>(path, Arm);
        if (IsMadeHere(unwrapped) || VariableOf(unwrapped) is { } other && IsFreshVariable(other))
            _fresh[local] = Arm;
        if (unwrapped is IPropertyReferenceOperation or IFieldReferenceOperation or IInvocationOperation or ILocalReferenceOperation
            or IConditionalAccessOperation
            or IConditionalOperation or IAwaitOperation
            && !CallEffects.IsImmutable(local.Type) && OriginOf(unwrapped, frame) is { } origin)
        {
            _origins[local] = new Fact<CandidateField>(origin, Arm);
        }
    }

    /// <summary>Ties a helper's parameter to what it is called with.</summary>
    public void Bind(IParameterSymbol parameter, IOperation argument, CallFrame caller)
    {
        CollectionReference? collection = CollectionOf(argument, caller);
        ObjectPath path = PathOf(argument, caller);
        bool isFresh = IsFresh(argument);
        CandidateField? origin = CallEffects.IsImmutable(parameter.Type) ? null : OriginOf(argument, caller);

        Forget(parameter);
        _lastAssigned.Remove(parameter);
        _arguments[parameter] = argument;
        if (collection is not null)
            SetCollection(parameter, collection);
        else if (!path.IsUnknown)
            _paths[parameter] = new Fact<ObjectPath>(path, Arm);
        if (isFresh)
            _fresh[parameter] = Arm;
        if (origin is not null)
            _origins[parameter] = new Fact<CandidateField>(origin, Arm);
    }

    public void SetOrigin(ISymbol variable, CandidateField origin)
    {
        _fresh.Remove(variable);
        _origins[variable] = new Fact<CandidateField>(origin, Arm);
    }

    public void SetAttempt(ISymbol flag, LockRegion region) => _attempts[flag] = region;

    public void SetCollection(ISymbol variable, CollectionReference collection) =>
        _collections[variable] = new Fact<CollectionReference>(collection, Arm);

    /// <summary>A variable got a value nothing is known of.</summary>
    public void Forget(ISymbol variable)
    {
        _lastAssigned[variable] = ++_assignments;
        _paths.Remove(variable);
        _attempts.Remove(variable);
        _arguments.Remove(variable);
        _fresh.Remove(variable);
        if (Lookup(_collections, variable) is { } collection && IsAround(Arm, collection.Arm))
            _collections.Remove(variable);
        if (Lookup(_origins, variable) is { } origin && IsAround(Arm, origin.Arm))
            _origins.Remove(variable);
    }

    public void EnterConditionalAccess(CollectionReference? receiver) => _conditionalAccess.Push(receiver);

    public void LeaveConditionalAccess() => _conditionalAccess.Pop();

    public static ISymbol? VariableOf(IOperation? expression) => expression switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter.OriginalDefinition,
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        _ => null,
    };

    private static bool IsMadeHere(IOperation value) =>
        value is IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation
        || value.Kind == NewerOperationKinds.CollectionExpression
        || value is IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray" or "ToHashSet" or "ToDictionary" } method }
        && !method.IsInSource();

    /// <summary>What a value is a part or a result of.</summary>
    private static IOperation? Source(IOperation value) => OperationEquality.WithoutConversions(value switch
    {
        IPropertyReferenceOperation property => property.Instance,
        IFieldReferenceOperation field => field.Instance,
        IInvocationOperation call => call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null),
        IAwaitOperation wait => wait.Operation,
        IConditionalAccessOperation access => access.Operation,
        _ => null,
    });

    private ObjectPath? NameOf(ISymbol variable) => Lookup(_paths, variable) is { } name && IsAround(name.Arm, Arm) ? name.Value : null;

    private bool IsFreshVariable(ISymbol variable) => _fresh.TryGetValue(variable, out BranchArm? arm) && IsAround(arm, Arm);

    private static bool IsAround(BranchArm? outer, BranchArm? inner)
    {
        for (; inner is not null; inner = inner.Outer)
        {
            if (ReferenceEquals(inner, outer))
                return true;
        }

        return outer is null;
    }

    private static TValue? Lookup<TValue>(Dictionary<ISymbol, TValue> table, ISymbol symbol)
        where TValue : class => table.TryGetValue(symbol, out TValue? value) ? value : null;

    /// <summary>Something known of a variable since an assignment in an arm.</summary>
    private sealed record Fact<TValue>(TValue Value, BranchArm? Arm);
}
