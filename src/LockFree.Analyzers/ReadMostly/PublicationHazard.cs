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

    /// <summary>It reads many fields of the lock, each at another time.</summary>
    MixedSnapshot,

    /// <summary>Half a value, in a 32-bit process only.</summary>
    TornIn32Bits,

    /// <summary>Two writers hold two locks, as the lock is the object that they replace.</summary>
    LockIsReplaced,

    /// <summary>It gets an object that is still being filled.</summary>
    FilledAfterStore,

    /// <summary>It is let through before another field is stored that belongs to this one.</summary>
    StoredBeforeCompanion,

    /// <summary>It sees the reference, which .NET orders against what the object holds, but not yet another field that was stored before.</summary>
    CompanionBehindReference,

    /// <summary>It sees a flag that is not volatile, but not yet the reference that was stored before.</summary>
    ReadBehindFlag,

    /// <summary>Nothing, as .NET publishes a reference safely: the first look of a double check.</summary>
    DoubleCheckedReference,

    /// <summary>Nothing, as .NET publishes a reference safely: a collection that is replaced as a whole.</summary>
    CopyOnWriteReference,
}
