namespace LockFree.Analyzers.GuardedState;

/// <summary>How a value is read and written in one piece.</summary>
internal enum ValueWidth
{
    /// <summary>A reference, or at most 32 bits: always in one piece, and <c>volatile</c> is allowed.</summary>
    Word,

    /// <summary>64 bits: in one piece in a 64-bit process only.</summary>
    Double,

    /// <summary>Several parts, whatever their size: a reader may see some of the old value and some of the new one.</summary>
    Wide,
}
