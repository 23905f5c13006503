using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>Reading one key.</content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Gets the value of a key. Never blocks, whatever writers do.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value, or the default if the map does not have the key.</param>
    /// <returns>Whether the map has the key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ThrowIfNull(key);
        if (_comparer is not null)
            return TryGetValueSlowly(key, out value);

        // The common case laid out by hand, see Search for what it does: one candidate at most, nothing like it in a chain, bucket not moved.
        ulong hash = BuiltInHashOf(key);
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        ref Bucket<TKey, TValue> bucket = ref table.BucketFor(hash);
        if (table.IsReadAhead)
            CacheLines.FetchRest(ref bucket);
        // Version before word, both before the entry: acquire reads.
        uint version = Volatile.Read(ref bucket.Version);
        ulong word = Volatile.Read(ref bucket.Word);
        ulong pattern = BucketWord.Pattern(hash);
        ulong slots = BucketWord.Match(word, pattern);
        if (slots != 0)
        {
            ref Entry<TKey, TValue> entry = ref Bucket<TKey, TValue>.EntryAt(ref bucket, BucketWord.First(slots));
            TKey stored = EntryMemory.Read(ref entry.Key);
            if (IsComparedAtOnce)
            {
                if (AreBuiltInEqual(stored, key))
                {
                    value = EntryMemory.Read(ref entry.Value);
                    // The copies must be complete before the version is read again.
                    Volatile.ReadBarrier();
                    if (bucket.Version == version)
                        return true;
                }
            }
            else
            {
                value = EntryMemory.Read(ref entry.Value);
                // As above, and before the caller's equality sees the key.
                Volatile.ReadBarrier();
                if (bucket.Version == version && AreBuiltInEqual(stored, key))
                    return true;
            }
        }
        else if (!BucketWord.MayBeElsewhere(word, pattern))
        {
            value = default;
            return false;
        }
        return TryGetValueSlowly(key, out value);
    }

    /// <summary>Whether the map has a key. Never blocks.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    /// <summary>The value of a key, or the default of <typeparamref name="TValue"/> if the map does not have it. Never blocks.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public TValue? GetValueOrDefault(TKey key) => TryGetValue(key, out TValue? value) ? value : default;

    /// <summary>The value of a key, or another value if the map does not have it. Never blocks.</summary>
    /// <param name="key">The key.</param>
    /// <param name="defaultValue">What to return for a missing key.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    public TValue GetValueOrDefault(TKey key, TValue defaultValue) => TryGetValue(key, out TValue? value) ? value : defaultValue;

    /// <summary>Gets the key the map has that equals another. Never blocks.</summary>
    /// <param name="equalKey">The other key.</param>
    /// <param name="actualKey">The key of the map, or the default.</param>
    /// <returns>Whether the map has it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="equalKey"/> is null.</exception>
    public bool TryGetKey(TKey equalKey, [MaybeNullWhen(false)] out TKey actualKey) =>
        TryFindEntry(new KeyProbe(this, equalKey), HashOf(equalKey), out actualKey, out _);

    /// <summary>Gets a stored entry whose key matches a probe.</summary>
    private bool TryFindEntry<TProbe>(TProbe probe, ulong hash, [MaybeNullWhen(false)] out TKey key, [MaybeNullWhen(false)] out TValue value)
        where TProbe : struct, IProbe, allows ref struct
    {
        Cursor cursor = default;
        while (TryFind(probe, hash, ref cursor))
        {
            key = EntryMemory.Read(ref cursor.Entry.Key);
            if (cursor.TryRead(out value))
                return true;
        }
        key = default;
        value = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGetValueSlowly(TKey key, [MaybeNullWhen(false)] out TValue value) =>
        TryFindEntry(new KeyProbe(this, key), HashOf(key), out _, out value);
}
