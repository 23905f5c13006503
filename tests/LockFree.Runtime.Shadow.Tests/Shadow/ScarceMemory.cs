namespace LockFree.Tests.Shadow;

/// <summary>Runs code for which allocations of the map fail, or are disturbed. Holds for the calling thread alone.</summary>
internal static class ScarceMemory
{
    /// <summary>Runs an action for which there is no memory.</summary>
    public static void Exhausted(Action action) => WithAllocations(Fail, action);

    /// <summary>Runs an action; another one precedes each of its allocations.</summary>
    public static void WithAllocations(Action onAllocation, Action action)
    {
        Action? before = EntryMemory.OnAllocation;
        EntryMemory.OnAllocation = onAllocation;
        try
        {
            action();
        }
        finally
        {
            EntryMemory.OnAllocation = before;
        }
    }

    public static void Fail() => throw new OutOfMemoryException("The test wants it so.");
}
