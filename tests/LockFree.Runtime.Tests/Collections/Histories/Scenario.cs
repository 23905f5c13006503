namespace LockFree.Tests.Collections.Histories;

/// <summary>What the threads of a round do.</summary>
internal sealed record Scenario
{
    public int Threads { get; init; } = 4;

    /// <summary>How many keys all threads share. Few, so that they meet.</summary>
    public int Keys { get; init; } = 4;

    public int CallsPerThread { get; init; } = 48;

    /// <summary>Entries of other keys that are there from the beginning: with colliding hashes they fill the bucket and force a chain.</summary>
    public int Prefilled { get; init; }

    /// <summary>Every so many calls a thread adds a key of its own, which must be found in the end: makes the table grow. 0 for never.</summary>
    public int FillEvery { get; init; }

    /// <summary>Every so many calls the first thread walks over the whole map. 0 for never.</summary>
    public int WalkEvery { get; init; }

    /// <summary>Every so many calls the first thread shrinks or grows the table. 0 for never.</summary>
    public int ReshapeEvery { get; init; }

    /// <summary>Every so many calls the last thread empties the map. 0 for never.</summary>
    public int EmptyEvery { get; init; }

    /// <summary>
    /// A growth is under way all the time that cannot move the bucket everybody writes to, see <see cref="StuckKeyComparer"/>.
    /// </summary>
    public bool IsStuck { get; init; }

    /// <summary>The asynchronous members are called, too.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Relative frequencies of reading, writing and removing.</summary>
    public (int Reads, int Writes, int Removals) Mix { get; init; } = (30, 45, 25);
}
