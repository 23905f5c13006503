namespace LockFree.Benchmarks.Comparing;

/// <summary>How often a workload is repeated: as often as its share of time allows, within limits.</summary>
/// <param name="Minimum">So many however long it takes.</param>
/// <param name="Maximum">No more than this.</param>
internal sealed record Rounds(int Minimum, int Maximum)
{
    /// <summary>For what takes a few milliseconds at the most.</summary>
    public static readonly Rounds Many = new(15, 501);

    /// <summary>For what takes seconds.</summary>
    public static readonly Rounds Few = new(3, 3);

    /// <summary>For what comes out the same each time, as memory does. It is not warmed up either.</summary>
    public static readonly Rounds One = new(1, 1);
}
