namespace LockFree.Tests.Collections.Histories;

/// <summary>Kinds of keys and values that take different ways through the map.</summary>
internal static class MapContents
{
    /// <summary>Keys and values in one machine word each.</summary>
    public static readonly Contents<int, long> Atomic =
        new(nameof(Atomic), key => key, key => key, value => value, value => value);

    /// <summary>The same, with all keys in one bucket.</summary>
    public static readonly Contents<int, long> AtomicColliding =
        Atomic with { Name = nameof(AtomicColliding), Comparer = new ConstantHashComparer<int>() };

    /// <summary>Keys and values that take several stores.</summary>
    public static readonly Contents<WideKey, WideValue> Wide =
        new(nameof(Wide), key => new WideKey(key), key => (int)key.Number, value => new WideValue(value), value => value.IsWhole ? value.First : -1);

    public static readonly Contents<WideKey, WideValue> WideColliding =
        Wide with { Name = nameof(WideColliding), Comparer = new ConstantHashComparer<WideKey>() };

    /// <summary>The same, with one key among them that cannot be hashed.</summary>
    public static readonly Contents<WideKey, WideValue> WideStuck =
        Wide with { Name = nameof(WideStuck), Comparer = new StuckKeyComparer() };

    public static readonly Contents<WideKey, long> WideKeyAtomicValueStuck =
        new(nameof(WideKeyAtomicValueStuck), key => new WideKey(key), key => (int)key.Number, value => value, value => value, new StuckKeyComparer());

    /// <summary>The same, where a number may stand for a key.</summary>
    public static readonly Contents<WideKey, WideValue> WideNumbered =
        Wide with { Name = nameof(WideNumbered), Comparer = new NumberedKeyComparer() };

    /// <summary>Wider keys that collide under the default comparer, which the map asks in its own way.</summary>
    public static readonly Contents<BulkyKey, PairValue> Bulky =
        new(nameof(Bulky), key => new BulkyKey(key), key => (int)key.Number, value => new PairValue(value), value => value.IsWhole ? value.First : -1);

    /// <summary>The same with values that are overwritten in place.</summary>
    public static readonly Contents<BulkyKey, long> BulkyKeyAtomicValue =
        new(nameof(BulkyKeyAtomicValue), key => new BulkyKey(key), key => (int)key.Number, value => value, value => value);

    /// <summary>Keys of one bucket whose tags differ: a look-up goes into the chain for some of them only.</summary>
    public static readonly Contents<CrowdedKey, long> Crowded =
        new(nameof(Crowded), key => new CrowdedKey(key), key => (int)key.Number, value => value, value => value);

    /// <summary>The same with values that take several stores.</summary>
    public static readonly Contents<CrowdedKey, WideValue> CrowdedWide =
        new(nameof(CrowdedWide), key => new CrowdedKey(key), key => (int)key.Number, value => new WideValue(value), value => value.IsWhole ? value.First : -1);

    /// <summary>The items of a set.</summary>
    public static readonly Contents<WideKey, NoValue> Items =
        new(nameof(Items), key => new WideKey(key), key => (int)key.Number, _ => default, _ => 1) { HasOneValue = true };

    /// <summary>A wide key whose value is overwritten in place.</summary>
    public static readonly Contents<WideKey, long> WideKeyAtomicValue =
        new(nameof(WideKeyAtomicValue), key => new WideKey(key), key => (int)key.Number, value => value, value => value);

    /// <summary>References, which have to be cleared.</summary>
    public static readonly Contents<string, Boxed> References =
        new(nameof(References), key => $"key {key}", key => int.Parse(key.AsSpan(4)), value => new Boxed(value), value => value.Number);

    /// <summary>Values that are wide and hold a reference.</summary>
    public static readonly Contents<string, (string Text, long Number)> Mixed =
        new(
            nameof(Mixed),
            key => $"key {key}",
            key => int.Parse(key.AsSpan(4)),
            value => (value.ToString(), value),
            value => value.Text == value.Number.ToString() ? value.Number : -1,
            new ConstantHashComparer<string>());

    /// <summary>A value that is equal to others of its number, and a different object each time.</summary>
    internal sealed record Boxed(long Number);
}
