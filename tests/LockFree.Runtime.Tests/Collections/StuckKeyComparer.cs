namespace LockFree.Tests.Collections;

/// <summary>
/// Puts all keys into one bucket and refuses to hash one of them a second time. So the bucket cannot be moved to another table, though everybody who
/// writes tries to.
/// </summary>
internal sealed class StuckKeyComparer : IEqualityComparer<WideKey>
{
    public const int StuckNumber = 49_999;

    [ThreadStatic]
    private static bool _mayHash;

    /// <summary>Adds the key that cannot be hashed, as the last but for one slot of its bucket, and lets the map begin to grow.</summary>
    public static void Prepare<TValue>(ShardedMap<WideKey, TValue> map, TValue value)
    {
        // What comes before it in the bucket is hashed before it.
        var before = Enumerable.Range(StuckNumber + 1, 4).Select(number => new WideKey(number)).ToList();
        before.ForEach(key => map.Add(key, value));
        _mayHash = true;
        map.Add(new WideKey(StuckNumber), value);
        _mayHash = false;
        before.ForEach(key => map.TryRemove(key, out _));
        Assert.Throws<InvalidOperationException>(() => map.EnsureCapacity(1_000));
    }

    public bool Equals(WideKey x, WideKey y) => x.Equals(y);

    public int GetHashCode(WideKey obj)
    {
        // The key's own hash looks whether the key is whole.
        _ = obj.GetHashCode();
        return obj.Number != StuckNumber || _mayHash ? 42 : throw new InvalidOperationException("This key is hashed once only.");
    }
}
