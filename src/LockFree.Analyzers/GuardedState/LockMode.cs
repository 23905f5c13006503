namespace LockFree.Analyzers.GuardedState;

/// <summary>What a holder of the lock may exclude.</summary>
internal enum LockMode
{
    /// <summary>Everybody else.</summary>
    Exclusive,

    /// <summary>Writers only.</summary>
    Read,

    /// <summary>Writers and other upgradeable readers.</summary>
    Upgradeable,
}
