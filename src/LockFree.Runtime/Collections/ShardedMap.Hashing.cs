using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>Hashing and comparing keys.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    // 2^64 divided by the golden ratio: spreads hashes that differ in few bits over all the bits above them.
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    /// <summary>What a search compares stored keys with.</summary>
    private interface IProbe
    {
        bool Matches(TKey stored);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThrowIfNull(TKey key)
    {
        // The type is asked first, because unoptimised code would box a struct to compare it with null.
        if (!typeof(TKey).IsValueType && key is null)
            ThrowKeyIsNull();
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowKeyIsNull() => throw new ArgumentNullException("key");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spread(int hashCode) => (uint)hashCode * GoldenRatio;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong HashOf(TKey key)
    {
        ThrowIfNull(key);
        return _comparer is null ? BuiltInHashOf(key) : Spread(_comparer.GetHashCode(key));
    }

    /// <summary>The hash of a key that is not null, in a map without a comparer of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong BuiltInHashOf(TKey key)
    {
        if (typeof(TKey) == typeof(long) || typeof(TKey) == typeof(ulong))
            return Unsafe.BitCast<TKey, ulong>(key) * GoldenRatio;
        // Of reference types only strings do without a comparer, see the constructor.
        return typeof(TKey).IsValueType ? Spread(key.GetHashCode()) : _stringHash.Of(Unsafe.As<TKey, string>(ref key));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreBuiltInEqual(TKey left, TKey right) =>
        typeof(TKey).IsValueType
            ? EqualityComparer<TKey>.Default.Equals(left, right)
            : ShortText.AreEqual(Unsafe.As<TKey, string?>(ref left), Unsafe.As<TKey, string>(ref right));

    private readonly struct KeyProbe(ShardedMap<TKey, TValue> map, TKey key) : IProbe
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Matches(TKey stored) => map._comparer is null ? AreBuiltInEqual(stored, key) : map._comparer.Equals(stored, key);
    }
}
