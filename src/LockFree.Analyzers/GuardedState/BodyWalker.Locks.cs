using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <content>Acquiring and releasing.</content>
internal sealed partial class BodyWalker
{
    /// <summary>Using declarations of the enclosing blocks, each with the number of jumps that were pending when it was met.</summary>
    private readonly Stack<(LockRegion Region, int Jumps)> _declaredScopes = new();

    private void WalkLock(ILockOperation statement)
    {
        Walk(statement.LockedValue);
        LockPrimitive primitive = statement.LockedValue.Type is { Name: "Lock" } type && type.ContainingNamespace.IsSystemThreading()
            ? LockPrimitive.Lock : LockPrimitive.Monitor;
        var acquisition = new LockAcquisition(primitive, LockMode.Exclusive, null);
        int jumps = _jumps.Count;
        LockRegion region = Open(_locals.PathOf(statement.LockedValue, _frame), acquisition, AcquireForm.LockStatement, statement);
        Walk(statement.Body);
        CloseScope(region, jumps);
    }

    private void WalkUsing(IUsingOperation statement)
    {
        IOperation? resource = statement.Resources is IVariableDeclarationGroupOperation declarations ? SingleInitializer(declarations)
            : statement.Resources;
        int jumps = _jumps.Count;
        if (OpenScope(resource, AcquireForm.UsingStatement, statement) is { } region)
        {
            Walk(statement.Body);
            CloseScope(region, jumps);
            return;
        }

        Walk(statement.Resources);
        Walk(statement.Body);
        if (statement.IsAsynchronous)
            EmitAwait(statement);
    }

    private void WalkUsingDeclaration(IUsingDeclarationOperation declaration)
    {
        int jumps = _jumps.Count;
        if (OpenScope(SingleInitializer(declaration.DeclarationGroup), AcquireForm.UsingDeclaration, declaration) is { } region)
        {
            _declaredScopes.Push((region, jumps));
            return;
        }

        Walk(declaration.DeclarationGroup);
        if (declaration.IsAsynchronous)
            EmitAwait(declaration);
    }

    private static IOperation? SingleInitializer(IVariableDeclarationGroupOperation group) =>
        group.Declarations.Length == 1 && group.Declarations[0].Declarators.Length == 1
            ? group.Declarations[0].Declarators[0].GetVariableInitializer()?.Value : null;

    /// <summary>Enters the scope a using statement holds; null where its resource is no lock.</summary>
    private LockRegion? OpenScope(IOperation? resource, AcquireForm form, IOperation acquire)
    {
        resource = OperationEquality.WithoutConversions(resource);
        bool isAwaited = resource is IAwaitOperation;
        IOperation? scope = isAwaited ? OutOfConfigureAwait(((IAwaitOperation)resource!).Operation) : resource;
        LockCall? call = scope switch
        {
            IInvocationOperation invocation => _lockCalls.Classify(invocation),
            IObjectCreationOperation creation => _lockCalls.Classify(creation),
            _ => null,
        };
        if (call is not { Action: LockAction.Enter, IsScope: true } || call.IsAwaited != isAwaited)
            return null;
        return Open(WalkTarget(call.Target, scope!), call.Acquisition, form, acquire);
    }

    /// <summary>Walks what a lock call is given and names the lock.</summary>
    private ObjectPath WalkTarget(LockTarget target, IOperation call)
    {
        (IOperation? receiver, ImmutableArray<IArgumentOperation> arguments) = call switch
        {
            IInvocationOperation invocation => (invocation.Instance, invocation.Arguments),
            IObjectCreationOperation creation => (null, creation.Arguments),
            _ => (null, ImmutableArray<IArgumentOperation>.Empty),
        };
        IOperation? found = target.IsReceiver ? receiver : null;
        foreach (IArgumentOperation argument in arguments)
        {
            if (target.StaticMember is null && argument.Parameter?.Ordinal == target.Argument)
                found = argument.Value;
            else
                Walk(argument.Value);
        }

        if (target.StaticMember is null)
            NoteLockUse(found);
        ObjectPath path = target.StaticMember is { } member ? ObjectPath.Static(member) : _locals.PathOf(found, _frame);
        if (path.IsUnknown)
            return path;
        foreach (ISymbol step in target.Members)
            path = path.Append(step);
        return path;
    }

    /// <summary>What stands before a lock's name runs as well: <c>GetOwner()._gate</c>.</summary>
    private void NoteLockUse(IOperation? lockObject)
    {
        lockObject = OperationEquality.WithoutConversions(lockObject);
        switch (lockObject)
        {
            case IFieldReferenceOperation field:
                Walk(field.Instance);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation:
                break;
            default:
                Walk(lockObject);
                break;
        }
    }

    /// <summary>
    /// Enters a region, the outer one again where the lock is already held: the count keeps an inner release from ending it.
    /// </summary>
    private LockRegion Open(ObjectPath path, LockAcquisition acquisition, AcquireForm form, IOperation acquire)
    {
        LockRegion region = Attempt(path, acquisition, form, acquire);
        _held = (_held.IsReachable ? _held : HeldLocks.None).With(region);
        return region;
    }

    /// <summary>A region that may or may not be entered.</summary>
    private LockRegion Attempt(ObjectPath path, LockAcquisition acquisition, AcquireForm form, IOperation acquire)
    {
        if (_held.Find(path) is { } again)
            return again;
        if (!_held.IsEmpty)
            Emit(RegionEventKind.NestedLock, acquire, path.ToString());
        var region = new LockRegion(path, acquisition, form, acquire, _frame, _arm, _loopDepth);
        _model.Add(region);
        return region;
    }

    private LockRegion? OpenIfSynchronized(IMethodSymbol method, IOperation body)
    {
        if ((method.MethodImplementationFlags & MethodImplAttributes.Synchronized) == 0)
            return null;
        ObjectPath path = method.IsStatic ? ObjectPath.Type(method.ContainingType) : _frame.This;
        return Open(path, new LockAcquisition(LockPrimitive.Monitor, LockMode.Exclusive, null), AcquireForm.SynchronizedMethod, body);
    }

    /// <summary>Leaves a region that ends with a block, for everything that jumps out of the block as well.</summary>
    private void CloseScope(LockRegion region, int jumps)
    {
        for (int i = jumps; i < _jumps.Count; i++)
            _jumps[i] = _jumps[i] with { Held = _jumps[i].Held.Without(region) };
        _held = _held.Without(region);
        _closed.Add(region);
    }

    private void WalkLockCall(IInvocationOperation call, LockCall lockCall)
    {
        if (lockCall.IsScope)
        {
            Walk(call.Instance); // a scope that is not in a using statement is not followed
            foreach (IArgumentOperation argument in call.Arguments)
                Walk(argument.Value);
            return;
        }

        ObjectPath path = WalkTarget(lockCall.Target, call);
        if (lockCall.Action == LockAction.Exit)
        {
            Release(path, call);
            return;
        }

        if (lockCall.IsAwaited && call.Parent is not IAwaitOperation && !IsConfiguredAndAwaited(call))
            return;
        ISymbol? flag = TakenFlag(call);
        if (lockCall.Action == LockAction.Enter)
        {
            LockRegion region = Open(path, lockCall.Acquisition, AcquireForm.Call, call);
            if (flag is not null)
                _locals.SetAttempt(flag, region);
        }
        else if (flag is not null)
        {
            _locals.SetAttempt(flag, Attempt(path, lockCall.Acquisition, AcquireForm.Call, call));
        }
    }

    private void Release(ObjectPath path, IOperation release)
    {
        if (_held.Find(path) is not { } region)
        {
            _model.Add(new StrayRelease(path, release, _frame));
            return;
        }

        region.AddRelease(release);
        _held = _held.Without(region);
        _closed.Add(region);
    }

    /// <summary>
    /// Walks an expression that answers whether a lock was acquired and returns the region that begins where it is true; null, and
    /// nothing walked, for any other expression.
    /// </summary>
    private LockRegion? WalkAttempt(IOperation? expression)
    {
        expression = OperationEquality.WithoutConversions(expression);
        bool isAwaited = expression is IAwaitOperation;
        if (isAwaited)
            expression = OutOfConfigureAwait(((IAwaitOperation)expression!).Operation);
        if (expression is not IInvocationOperation { Type.SpecialType: not SpecialType.System_Void } call
            || _lockCalls.Classify(call) is not { Action: LockAction.TryEnter } lockCall)
            return null;
        return lockCall.IsAwaited == isAwaited ? Attempt(WalkTarget(lockCall.Target, call), lockCall.Acquisition, AcquireForm.Call, call)
            : null;
    }

    /// <summary>A flag that <c>TryEnter</c> has set splits what is held in two.</summary>
    private (HeldLocks WhenTrue, HeldLocks WhenFalse) SplitByFlag(IOperation flag)
    {
        if (_locals.AttemptOf(flag) is not { } region)
            return (_held, _held);
        return _held.Holds(region) ? (_held, _held.Without(region)) : (_held.With(region), _held);
    }

    /// <summary>The <c>ref bool lockTaken</c> of an Enter or TryEnter.</summary>
    private static ISymbol? TakenFlag(IInvocationOperation call)
    {
        IArgumentOperation? flag = call.Arguments
            .FirstOrDefault(argument => argument.Parameter is { RefKind: RefKind.Ref, Type.SpecialType: SpecialType.System_Boolean });
        return flag is null ? null : LocalFacts.VariableOf(OperationEquality.WithoutConversions(flag.Value));
    }

    private static IOperation OutOfConfigureAwait(IOperation awaited) =>
        awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? task : awaited;

    private static bool IsConfiguredAndAwaited(IOperation task) =>
        task.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation } configured
            && configured.Instance == task;
}
