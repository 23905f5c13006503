namespace LockFree.Benchmarks.Maps;

/// <summary>References, and keys whose hashing costs something.</summary>
public readonly struct TextPair : ITypePair<string, object>
{
    public static string Name => "string-object";

    public static string KeyOf(int number) => $"user:{number}";

    public static object ValueOf(int number) => new();
}
