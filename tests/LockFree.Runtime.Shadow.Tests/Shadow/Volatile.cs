using LockFree.Tests.Shadow;
using Real = System.Threading.Volatile;

namespace LockFree;

/// <summary>Stands in for <see cref="Real"/> in the shadow build: a point before every read, before and after every write.</summary>
internal static class Volatile
{
    public static int Read(ref int location)
    {
        Schedule.Point();
        return Real.Read(ref location);
    }

    public static uint Read(ref uint location)
    {
        Schedule.Point();
        return Real.Read(ref location);
    }

    public static long Read(ref long location)
    {
        Schedule.Point();
        return Real.Read(ref location);
    }

    public static ulong Read(ref ulong location)
    {
        Schedule.Point();
        return Real.Read(ref location);
    }

    public static T Read<T>(ref T location)
        where T : class?
    {
        Schedule.Point();
        return Real.Read(ref location);
    }

    public static void Write(ref int location, int value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref uint location, uint value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref ulong location, ulong value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write(ref long location, long value)
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void Write<T>(ref T location, T value)
        where T : class?
    {
        Schedule.Point();
        Real.Write(ref location, value);
        Schedule.Point();
    }

    public static void ReadBarrier()
    {
        Schedule.Point();
        Real.ReadBarrier();
    }

    public static void WriteBarrier()
    {
        Real.WriteBarrier();
        Schedule.Point();
    }
}
