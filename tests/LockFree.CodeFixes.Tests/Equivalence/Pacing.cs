namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>What a thread does at a point: goes on, waits a little, or lets another thread run. Every thread decides by a seed of its own.</summary>
internal static class Pacing
{
    [ThreadStatic]
    private static Random? t_random;

    public static void Begin(int seed) => t_random = new Random(seed);

    public static void Point()
    {
        if (t_random is not { } random)
            return;

        switch (random.Next(4))
        {
            case 0:
                Thread.Yield();
                break;
            case 1:
                Thread.SpinWait(random.Next(40));
                break;
        }
    }
}
