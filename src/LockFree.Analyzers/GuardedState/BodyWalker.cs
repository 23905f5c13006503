using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Walks operation trees in evaluation order, carrying the regions that are held: a structured abstract interpretation. Arms are
/// merged by intersection; return, throw, break and goto end a path; a finally block acts on every path through it; helpers of the
/// same type are walked in place while a lock is held, so that what they do belongs to the caller's region.
/// </summary>
/// <remarks>
/// The parts: this file dispatches and writes the events; <c>.Control</c> branches, loops, jumps and try; <c>.Locks</c> acquires and
/// releases; <c>.Calls</c> calls and helpers; <c>.Lambdas</c> lambdas and local functions; <c>.State</c> fields, properties and
/// assignments; <c>.Fields</c> records the uses of plain fields.
/// </remarks>
internal sealed partial class BodyWalker
{
    /// <summary>Beyond this a type is not judged: time in an editor is worth more than one more finding.</summary>
    private const int MostOperations = 1_500_000;

    private readonly GuardedStateModel _model;
    private readonly TypeFamily _family;
    private readonly LockCalls _lockCalls;
    private readonly Func<ISymbol, ImmutableArray<IOperation>> _bodyOf;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<IMethodSymbol> _needsRoot = new(SymbolEqualityComparer.Default);
    private readonly List<IMethodSymbol> _newRoots = [];
    private readonly HashSet<IMethodSymbol> _visited = new(SymbolEqualityComparer.Default);

    private LocalFacts _locals;
    private HeldLocks _held;
    private CallFrame _frame;
    private BranchArm? _arm;
    private int _loopDepth;
    private int _throwDepth;
    private bool _inConstruction;
    private bool _constructsType;
    private int _operations;

    public BodyWalker(GuardedStateModel model, LockCalls lockCalls, Func<ISymbol, ImmutableArray<IOperation>> bodyOf,
        CancellationToken cancellationToken)
    {
        _model = model;
        _family = model.Family;
        _lockCalls = lockCalls;
        _bodyOf = bodyOf;
        _cancellationToken = cancellationToken;
        _locals = new LocalFacts(_family);
        _frame = new CallFrame(null, ObjectPath.This(_family.Outermost), null, null);
    }

    /// <summary>
    /// The methods that were reached without a lock, or can be, since the last call: they have to be walked on their own as well.
    /// </summary>
    public ImmutableArray<IMethodSymbol> TakeNewRoots()
    {
        ImmutableArray<IMethodSymbol> found = _newRoots.ToImmutableArray();
        _newRoots.Clear();
        return found;
    }

    /// <summary>True where the method was walked at least once.</summary>
    public bool HasVisited(IMethodSymbol method) => _visited.Contains(method.OriginalDefinition);

    /// <summary>Walks the body of a member, or an initialiser, that is entered with no lock held.</summary>
    /// <param name="function">The method or accessor; null for an initialiser.</param>
    /// <param name="type">The type whose instance <c>this</c> is.</param>
    /// <param name="blocks">The body, in evaluation order.</param>
    /// <param name="inConstruction">No other thread can see the object yet.</param>
    public void WalkRoot(IMethodSymbol? function, INamedTypeSymbol type, ImmutableArray<IOperation> blocks, bool inConstruction)
    {
        _locals = new LocalFacts(_family);
        _lambdas.Clear();
        _localFunctions = null;
        _rootBlocks = blocks;
        Begin(new CallFrame(function, ObjectPath.This(type), null, null), inConstruction);
        if (function is not null)
            _visited.Add(function.OriginalDefinition);

        _constructsType = inConstruction && (function?.IsStatic ?? IsOfStaticMember(blocks));
        LockRegion? synchronized = function is null || blocks.IsEmpty ? null : OpenIfSynchronized(function, blocks[0]);
        foreach (IOperation block in blocks)
            Walk(block);
        if (synchronized is not null)
            CloseScope(synchronized, 0);
        WalkDeferred();
    }

    /// <summary>
    /// True while nobody else can see the member: an instance's are hidden in its own constructors and initialisers, a type's in the static
    /// ones. A static field that an instance's constructor fills is shared by then.
    /// </summary>
    private bool IsUnderConstruction(ISymbol member) => _inConstruction && member.IsStatic == _constructsType;

    private static bool IsOfStaticMember(ImmutableArray<IOperation> initializer) => initializer.Any(block => block switch
    {
        IFieldInitializerOperation field => field.InitializedFields.Any(member => member.IsStatic),
        IPropertyInitializerOperation property => property.InitializedProperties.Any(member => member.IsStatic),
        _ => false,
    });

    private void Begin(CallFrame frame, bool inConstruction)
    {
        _frame = frame;
        _inConstruction = inConstruction;
        _held = HeldLocks.None;
        _arm = _locals.Arm = null;
        _loopDepth = 0;
        _throwDepth = 0;
        _jumps.Clear();
        _closed.Clear();
        _labelDepths.Clear();
    }

    private void Walk(IOperation? operation)
    {
        if (operation is null || _model.IsIncomplete)
            return;
        if ((++_operations & 0xff) == 0)
            _cancellationToken.ThrowIfCancellationRequested();
        if (_operations > MostOperations)
        {
            _model.IsIncomplete = true;
            return;
        }

        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (operation)
        {
            case IBlockOperation block:
                WalkBlock(block);
                break;
            case ILockOperation statement:
                WalkLock(statement);
                break;
            case IUsingOperation statement:
                WalkUsing(statement);
                break;
            case IUsingDeclarationOperation declaration:
                WalkUsingDeclaration(declaration);
                break;
            case ITryOperation statement:
                WalkTry(statement);
                break;
            case IConditionalOperation conditional:
                WalkConditional(conditional);
                break;
            case ISwitchOperation statement:
                WalkSwitch(statement);
                break;
            case ISwitchExpressionOperation expression:
                WalkSwitchExpression(expression);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                (HeldLocks whenTrue, HeldLocks whenFalse) = WalkCondition(operation);
                _held = HeldLocks.Merge(whenTrue, whenFalse);
                break;
            case ICoalesceOperation coalesce:
                Walk(coalesce.Value);
                WalkOptional(coalesce, coalesce.WhenNull);
                break;
            case IConditionalAccessOperation access:
                WalkConditionalAccess(access);
                break;
            case IForEachLoopOperation loop:
                WalkForEach(loop);
                break;
            case ILoopOperation loop:
                WalkLoop(loop);
                break;
            case ILabeledOperation label:
                WalkLabel(label);
                break;
            case IReturnOperation statement:
                WalkReturn(statement);
                break;
            case IThrowOperation statement:
                WalkThrow(statement);
                break;
            case IBranchOperation branch:
                Jump(branch.Target);
                break;
            case IAnonymousFunctionOperation lambda:
                Defer(lambda, _frame);
                break;
            case ILocalFunctionOperation:
                break; // walked where it is called
            case INameOfOperation { ConstantValue: { HasValue: true, Value: string name } }:
                if (IsGivenToReflection(operation))
                    NoteName(name);
                break;
            case IMethodReferenceOperation reference:
                Walk(reference.Instance);
                MarkRoot(reference.Method);
                break;
            case IAwaitOperation wait:
                WalkAwait(wait);
                break;
            case IInvocationOperation call:
                WalkInvocation(call);
                break;
            case IObjectCreationOperation creation:
                WalkCreation(creation);
                break;
            case IFieldReferenceOperation field:
                WalkField(field);
                break;
            case IPropertyReferenceOperation property:
                WalkProperty(property);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IConditionalAccessInstanceOperation:
                WalkVariable(operation);
                break;
            case IAssignmentOperation assignment:
                WalkAssignment(assignment);
                break;
            case IIncrementOrDecrementOperation increment:
                WalkIncrement(increment);
                break;
            case IVariableDeclaratorOperation declarator:
                WalkDeclarator(declarator);
                break;
            case IFieldInitializerOperation initializer:
                WalkFieldInitializer(initializer);
                break;
            case IPropertyInitializerOperation initializer:
                WalkPropertyInitializer(initializer);
                break;
            case IEventAssignmentOperation subscription:
                Walk(subscription.HandlerValue);
                Emit(RegionEventKind.Effect, subscription, "event subscription");
                break;
            case ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } }:
                NoteName(text);
                break;
            case IDynamicInvocationOperation:
                WalkChildren(operation);
                Emit(RegionEventKind.Effect, operation, "dynamic call");
                break;
            case IInvalidOperation:
                WalkInvalid(operation);
                break;
            default:
                WalkChildren(operation);
                break;
        }
    }

    private void WalkChildren(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
            Walk(child);
    }

    /// <summary>Code that does not bind: whatever it calls is unknown.</summary>
    private void WalkInvalid(IOperation operation)
    {
        WalkChildren(operation);
        if (operation.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax && !CallEffects.LooksLikeLogging(operation))
            Emit(RegionEventKind.Effect, operation, "unknown call");
    }

    /// <summary>Reflection and serialisers find a field by its name.</summary>
    private void NoteName(string text)
    {
        foreach (CandidateField candidate in _family.CandidatesNamed(text))
            candidate.IsNamedInString = true;
        foreach (PlainField field in _family.PlainFieldsNamed(text))
            field.IsNamedInString = true;
    }

    private static bool IsGivenToReflection(IOperation name) =>
        name.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } }
        && (method.ContainingType.Name == "Type" || method.ContainingNamespace.Name == "Reflection")
        && method.ContainingNamespace.IsBelowSystem();

    private void Emit(RegionEventKind kind, IOperation operation, string detail = "", ISymbol? symbol = null, bool isWrite = false,
        CandidateField? candidate = null)
    {
        if (_held.IsEmpty || IsSwallowedByThrow(kind))
            return;
        Emit(new RegionEvent(kind, operation, _frame, _arm, _loopDepth)
        {
            Detail = detail,
            Symbol = symbol,
            IsWrite = isWrite,
            Candidate = candidate,
        });
    }

    private void Emit(RegionEvent happening)
    {
        ImmutableArray<LockRegion> regions = _held.Regions;
        for (int i = 0; i < regions.Length; i++)
        {
            if (regions.IndexOf(regions[i]) == i)
                regions[i].Add(happening);
        }
    }

    /// <summary>What only serves to build an exception's message is no effect.</summary>
    private bool IsSwallowedByThrow(RegionEventKind kind) =>
        _throwDepth > 0
            && (kind is RegionEventKind.Effect or RegionEventKind.Create or RegionEventKind.ValueUse or RegionEventKind.ValueRead);
}
