namespace LockFree.Analyzers.ReadMostly;

/// <summary>What may happen to a reader that takes no lock, the worst first.</summary>
internal enum PublicationHazard
{
    /// <summary>It sees half of the old value and half of the new one.</summary>
    TornValue,

    /// <summary>It sees the flag, but not yet what the flag says is ready.</summary>
    FlagBeforeState,

    /// <summary>It waits in a loop that may look only once.</summary>
    HoistedRead,

    /// <summary>It reads twice, and the second read may find another value than the first.</summary>
    TwoVersions,

    /// <summary>Half a value, in a 32-bit process only.</summary>
    TornIn32Bits,

    /// <summary>Nothing, as .NET publishes a reference safely: the first look of a double check.</summary>
    DoubleCheckedReference,

    /// <summary>Nothing, as .NET publishes a reference safely: a collection that is replaced as a whole.</summary>
    CopyOnWriteReference,
}
