namespace LockFree.Benchmarks.Maps;

/// <summary>Keys and values as wide as a word.</summary>
public readonly struct LongPair : ITypePair<long, long>
{
    public static string Name => "long-long";

    public static long KeyOf(int number) => Scattered.Of(number);

    public static long ValueOf(int number) => number;
}
