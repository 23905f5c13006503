namespace LockFree.Tests;

/// <summary>Counts what a hot path allocates on the calling thread.</summary>
internal static class Allocations
{
    /// <returns>The bytes that 1,000 calls allocate, after enough calls for everything lazy to have happened.</returns>
    public static long Of(Action action)
    {
        for (var i = 0; i < 1_000; i++)
            action();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            action();

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
