using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Calls;

/// <summary>Makes contenders of calls.</summary>
internal static class Call
{
    /// <summary>In nanoseconds.</summary>
    public static Contender Timed<TCall>(string name, TCall call)
        where TCall : struct, ICall =>
        new(name, new CallBench<TCall>(call).Time);

    /// <summary>In nanoseconds, on several threads at once.</summary>
    public static Contender TimedOn<TCall>(int threads, string name, TCall call)
        where TCall : struct, ICall =>
        new(name, () => new CallBench<TCall>(call).TimeOn(threads));

    /// <summary>In bytes allocated.</summary>
    public static Contender Allocating<TCall>(string name, TCall call)
        where TCall : struct, ICall =>
        new(name, new CallBench<TCall>(call).Allocation);
}
