namespace LockFree.Tests.Collections;

/// <summary>Counts the torn keys that have been shown to code of the caller's.</summary>
internal static class TornKeys
{
    private static int _count;

    public static int Count => Volatile.Read(ref _count);

    public static void Check(bool isWhole)
    {
        if (!isWhole)
            Interlocked.Increment(ref _count);
    }
}
