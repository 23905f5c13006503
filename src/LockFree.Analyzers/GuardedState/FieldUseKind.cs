namespace LockFree.Analyzers.GuardedState;

/// <summary>What one mention of a plain field does with it.</summary>
internal enum FieldUseKind
{
    Read,

    /// <summary>A new value is assigned, whatever the old one is.</summary>
    Write,

    /// <summary><c>++</c>, <c>+=</c>, <c>??=</c>: read and assigned in two steps.</summary>
    ReadModifyWrite,

    /// <summary>A member of <c>Interlocked</c> or <c>Volatile</c> gets a reference to it.</summary>
    Atomic,

    /// <summary>Other code gets a reference to it, or its address.</summary>
    ByReference,
}
