namespace LockFree.Benchmarks.Maps;

/// <summary>Small keys and values.</summary>
public readonly struct IntPair : ITypePair<int, int>
{
    public static string Name => "int-int";

    public static int KeyOf(int number) => Scattered.Of(number);

    public static int ValueOf(int number) => number;
}
