namespace LockFree.Analyzers.GuardedState;

/// <summary>What can happen while a lock is held.</summary>
internal enum RegionEventKind
{
    /// <summary>An operation of a candidate collection.</summary>
    Collection,

    /// <summary>Another field or property of the type is read or written.</summary>
    OtherField,

    /// <summary>A call whose effects are unknown.</summary>
    Effect,

    /// <summary>An object of a type of unknown constructor is created.</summary>
    Create,

    /// <summary>A delegate is invoked.</summary>
    Callback,

    /// <summary>The thread waits until a task has ended. The call that does is an effect, too.</summary>
    Blocking,

    Await,
    Yield,

    /// <summary>Another lock is taken.</summary>
    NestedLock,

    /// <summary><c>Monitor.Wait</c>, <c>Pulse</c> or <c>PulseAll</c>.</summary>
    WaitPulse,

    /// <summary>An object taken from a candidate collection is called, written to, or handed on.</summary>
    ValueUse,

    /// <summary>Mutable state of an object taken from a candidate collection is read.</summary>
    ValueRead,

    /// <summary>An object that is neither ours nor newly made is written to.</summary>
    ForeignWrite,

    Return,
    Throw,
}
