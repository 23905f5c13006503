using System.Diagnostics;
using System.Reflection;

namespace LockFree.Tests;

/// <summary>Counts what a hot path allocates on the calling thread.</summary>
internal static class Allocations
{
    /// <summary>Whether the library was built with optimisation, as it is shipped.</summary>
    public static bool IsLibraryOptimized { get; } =
        typeof(ClientHub).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

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
