using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>Recognises the calls that acquire and release locks: the base class library's members, and wrappers around them.</summary>
internal sealed class LockCalls
{
    private readonly LockWrappers _wrappers;

    public LockCalls(LockWrappers wrappers)
    {
        _wrappers = wrappers;
    }

    /// <summary>What the call does to a lock; null where it does nothing.</summary>
    public LockCall? Classify(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.ContainingNamespace.IsSystemThreading() && !method.IsInSource())
            return OfMember(method, call.Instance?.Type?.Name ?? method.ContainingType.Name);
        return method.IsInSource() ? _wrappers.Of(method.ReducedFrom ?? method) : null;
    }

    /// <summary>A disposable of the user's own that acquires in its constructor and releases in <c>Dispose</c>.</summary>
    public LockCall? Classify(IObjectCreationOperation creation) =>
        creation.Constructor is { } constructor && constructor.IsInSource() && _wrappers.Of(constructor) is { IsScope: true } scope
            ? scope : null;

    /// <summary>A member of a lock type of the base class library.</summary>
    public static LockCall? OfMember(IMethodSymbol method, string lockType)
    {
        string name = method.Name;
        return lockType switch
        {
            "Monitor" => OfMonitor(name),
            "Lock" => name == "EnterScope" ? Enter(LockPrimitive.Lock) with { IsScope = true } : OfEnterExit(name, LockPrimitive.Lock),
            "SpinLock" => OfEnterExit(name, LockPrimitive.SpinLock),
            "ReaderWriterLockSlim" => OfReaderWriterLockSlim(name),
            "ReaderWriterLock" => OfReaderWriterLock(name),
            "Mutex" => OfMutex(method),
            "SemaphoreSlim" => OfSemaphore(method),
            _ => null,
        };
    }

    /// <summary>A static method of <c>System.Threading.Monitor</c>.</summary>
    public static LockCall? OfMonitor(string name) => name switch
    {
        "Enter" => Enter(LockPrimitive.Monitor) with { Target = LockTarget.Parameter(0) },
        "TryEnter" => TryEnter(LockPrimitive.Monitor) with { Target = LockTarget.Parameter(0) },
        "Exit" => Exit(LockPrimitive.Monitor) with { Target = LockTarget.Parameter(0) },
        _ => null,
    };

    private static LockCall? OfEnterExit(string name, LockPrimitive primitive) => name switch
    {
        "Enter" => Enter(primitive),
        "TryEnter" => TryEnter(primitive),
        "Exit" => Exit(primitive),
        _ => null,
    };

    private static LockCall? OfReaderWriterLockSlim(string name) => name switch
    {
        "EnterReadLock" => Enter(LockPrimitive.ReaderWriterLockSlim, LockMode.Read),
        "EnterWriteLock" => Enter(LockPrimitive.ReaderWriterLockSlim),
        "EnterUpgradeableReadLock" => Enter(LockPrimitive.ReaderWriterLockSlim, LockMode.Upgradeable),
        "TryEnterReadLock" => TryEnter(LockPrimitive.ReaderWriterLockSlim, LockMode.Read),
        "TryEnterWriteLock" => TryEnter(LockPrimitive.ReaderWriterLockSlim),
        "TryEnterUpgradeableReadLock" => TryEnter(LockPrimitive.ReaderWriterLockSlim, LockMode.Upgradeable),
        "ExitReadLock" => Exit(LockPrimitive.ReaderWriterLockSlim, LockMode.Read),
        "ExitWriteLock" => Exit(LockPrimitive.ReaderWriterLockSlim),
        "ExitUpgradeableReadLock" => Exit(LockPrimitive.ReaderWriterLockSlim, LockMode.Upgradeable),
        _ => null,
    };

    /// <summary>The old lock throws where it times out. An upgrade is one more acquisition, a downgrade gives it back.</summary>
    private static LockCall? OfReaderWriterLock(string name) => name switch
    {
        "AcquireReaderLock" => Enter(LockPrimitive.ReaderWriterLock, LockMode.Read),
        "AcquireWriterLock" or "UpgradeToWriterLock" => Enter(LockPrimitive.ReaderWriterLock),
        "ReleaseReaderLock" => Exit(LockPrimitive.ReaderWriterLock, LockMode.Read),
        "ReleaseWriterLock" or "DowngradeFromWriterLock" or "ReleaseLock" => Exit(LockPrimitive.ReaderWriterLock),
        _ => null,
    };

    private static LockCall? OfMutex(IMethodSymbol method) => method.Name switch
    {
        "WaitOne" => method.Parameters.IsEmpty ? Enter(LockPrimitive.Mutex) : TryEnter(LockPrimitive.Mutex),
        "ReleaseMutex" => Exit(LockPrimitive.Mutex),
        _ => null,
    };

    private static LockCall? OfSemaphore(IMethodSymbol method) => method.Name switch
    {
        "Wait" => method.ReturnsVoid ? Enter(LockPrimitive.SemaphoreSlim) : TryEnter(LockPrimitive.SemaphoreSlim),
        "WaitAsync" =>
            (method.ReturnType is INamedTypeSymbol { IsGenericType: true } ? TryEnter(LockPrimitive.SemaphoreSlim)
                : Enter(LockPrimitive.SemaphoreSlim)) with
            { IsAwaited = true },
        "Release" => Exit(LockPrimitive.SemaphoreSlim),
        _ => null,
    };

    private static LockCall Enter(LockPrimitive primitive, LockMode mode = LockMode.Exclusive) => Of(LockAction.Enter, primitive, mode);

    private static LockCall TryEnter(LockPrimitive primitive, LockMode mode = LockMode.Exclusive) =>
        Of(LockAction.TryEnter, primitive, mode);

    private static LockCall Exit(LockPrimitive primitive, LockMode mode = LockMode.Exclusive) => Of(LockAction.Exit, primitive, mode);

    private static LockCall Of(LockAction action, LockPrimitive primitive, LockMode mode) =>
        new(action, new LockAcquisition(primitive, mode, null), LockTarget.Receiver);
}
