using System.Runtime.InteropServices;

namespace LockFree.Benchmarks.Maps;

/// <summary>Keys and values that take two loads and two stores, and so could be torn.</summary>
public readonly struct GuidPair : ITypePair<Guid, Value16>
{
    public static string Name => "guid-16B";

    public static Guid KeyOf(int number)
    {
        Span<int> parts = [Scattered.Of(number), Scattered.Of(number + 1), Scattered.Of(~number), Scattered.Of(-number)];
        return new Guid(MemoryMarshal.AsBytes(parts));
    }

    public static Value16 ValueOf(int number) => new(number, number);
}
