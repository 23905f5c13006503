using LockFree.Tests.Shadow;
using Real = System.Threading.Interlocked;

namespace LockFree;

/// <summary>Stands in for <see cref="Real"/> in the shadow build: a point before and after everything.</summary>
internal static class Interlocked
{
    public static int CompareExchange(ref int location, int value, int comparand)
    {
        Schedule.Point();
        int before = Real.CompareExchange(ref location, value, comparand);
        Schedule.Point();
        return before;
    }

    public static long CompareExchange(ref long location, long value, long comparand)
    {
        Schedule.Point();
        long before = Real.CompareExchange(ref location, value, comparand);
        Schedule.Point();
        return before;
    }

    public static ulong CompareExchange(ref ulong location, ulong value, ulong comparand)
    {
        Schedule.Point();
        ulong before = Real.CompareExchange(ref location, value, comparand);
        Schedule.Point();
        return before;
    }

    public static T CompareExchange<T>(ref T location, T value, T comparand)
        where T : class?
    {
        Schedule.Point();
        T before = Real.CompareExchange(ref location, value, comparand);
        Schedule.Point();
        return before;
    }

    public static int Exchange(ref int location, int value)
    {
        Schedule.Point();
        int before = Real.Exchange(ref location, value);
        Schedule.Point();
        return before;
    }

    public static T Exchange<T>(ref T location, T value)
        where T : class?
    {
        Schedule.Point();
        T before = Real.Exchange(ref location, value);
        Schedule.Point();
        return before;
    }

    public static void MemoryBarrier()
    {
        Schedule.Point();
        Real.MemoryBarrier();
        Schedule.Point();
    }

    public static int Increment(ref int location)
    {
        Schedule.Point();
        int after = Real.Increment(ref location);
        Schedule.Point();
        return after;
    }

    public static long Increment(ref long location)
    {
        Schedule.Point();
        long after = Real.Increment(ref location);
        Schedule.Point();
        return after;
    }

    public static int Decrement(ref int location)
    {
        Schedule.Point();
        int after = Real.Decrement(ref location);
        Schedule.Point();
        return after;
    }

    public static long Decrement(ref long location)
    {
        Schedule.Point();
        long after = Real.Decrement(ref location);
        Schedule.Point();
        return after;
    }

    public static int Add(ref int location, int value)
    {
        Schedule.Point();
        int after = Real.Add(ref location, value);
        Schedule.Point();
        return after;
    }

    public static long Add(ref long location, long value)
    {
        Schedule.Point();
        long after = Real.Add(ref location, value);
        Schedule.Point();
        return after;
    }
}
