namespace LockFree.Analyzers.GuardedState;

/// <summary>How the source acquires a lock, which is what a code fix has to take away.</summary>
internal enum AcquireForm
{
    /// <summary><c>lock (x) { … }</c>.</summary>
    LockStatement,

    /// <summary><c>using (x.EnterScope()) { … }</c> or a disposable wrapper in its place.</summary>
    UsingStatement,

    /// <summary><c>using var scope = x.EnterScope();</c> or a disposable wrapper in its place.</summary>
    UsingDeclaration,

    /// <summary>A call such as <c>x.Enter()</c>, released by another call.</summary>
    Call,

    /// <summary><c>[MethodImpl(MethodImplOptions.Synchronized)]</c>.</summary>
    SynchronizedMethod,
}
