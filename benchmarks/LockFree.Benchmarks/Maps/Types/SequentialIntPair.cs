namespace LockFree.Benchmarks.Maps;

/// <summary>Keys that are just counted: a map that does not hash numbers reads its memory in their order.</summary>
public readonly struct SequentialIntPair : ITypePair<int, int>
{
    public static string Name => "int-int";

    public static int KeyOf(int number) => number;

    public static int ValueOf(int number) => number;
}
