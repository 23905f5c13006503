namespace LockFree.Analyzers.ReadMostly;

/// <summary>What one region does with the only field it touches.</summary>
internal enum CellShape
{
    /// <summary>Reads it once.</summary>
    Load,

    /// <summary>Assigns a value that does not depend on the old one.</summary>
    Store,

    /// <summary>Takes the old value and assigns a new one.</summary>
    Exchange,

    /// <summary>Sets a flag; whoever finds it set goes away.</summary>
    Gate,

    /// <summary>Adds to a number.</summary>
    Count,

    /// <summary>Makes the value where there is none yet.</summary>
    Create,

    /// <summary>Disposes of the value.</summary>
    Dispose,
}
