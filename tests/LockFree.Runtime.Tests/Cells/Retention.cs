namespace LockFree.Tests;

/// <summary>Tells whether an object is still kept alive.</summary>
internal static class Retention
{
    /// <summary>Loops, since a thread of the pool may still have the object on its stack.</summary>
    public static async Task AssertCollectedAsync(WeakReference reference)
    {
        for (var attempt = 0; attempt < 1_000 && reference.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
        }

        Assert.False(reference.IsAlive);
    }
}
