namespace LockFree.Analyzers.GuardedState;

/// <summary>The base class library's locks.</summary>
internal enum LockPrimitive
{
    /// <summary>A <c>lock</c> statement or <c>System.Threading.Monitor</c>.</summary>
    Monitor,

    /// <summary><c>System.Threading.Lock</c>.</summary>
    Lock,

    /// <summary><c>System.Threading.SpinLock</c>.</summary>
    SpinLock,

    /// <summary><c>System.Threading.ReaderWriterLockSlim</c>.</summary>
    ReaderWriterLockSlim,

    /// <summary><c>System.Threading.ReaderWriterLock</c>.</summary>
    ReaderWriterLock,

    /// <summary><c>System.Threading.Mutex</c>.</summary>
    Mutex,

    /// <summary><c>System.Threading.SemaphoreSlim</c>: a lock only where its initial count is one; the only one no thread owns.</summary>
    SemaphoreSlim,
}
