namespace LockFree.Benchmarks.Cells;

/// <summary>What is read all the time and replaced now and then.</summary>
internal sealed class Settings
{
    /// <summary>What is read of it: without a use of what was loaded, the loop around the load takes longer than the load.</summary>
    public int BatchSize { get; } = 1;
}
