using System.Collections;
using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Walking over all entries: bucket after bucket of the table the walk began with, checked against their versions; see <see cref="BatchReader"/>. An entry
/// never leaves its bucket except to the buckets of the next table that take the place of this one, so it comes exactly once however often the map
/// grows or shrinks meanwhile.
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>
    /// Walks over the entries without blocking anybody or being blocked. Every entry that is present for the whole walk comes exactly once;
    /// entries that come or go meanwhile may or may not. Some entries are copied ahead, up to 56 of them unless the map grows many times over during the walk:
    /// a value is one that its key had since the walk began, and may be older than the moment at which it comes.
    /// </summary>
    /// <returns>
    /// An enumerator. It is a struct; the first step of a walk allocates room for the copies, a few kilobytes at most unless an entry is larger, and less for
    /// a small map; for a map that nothing has been added to, nothing. Copies of an enumerator share that room: go on with one of them only.
    /// </returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Copies the entries into a new array; see <see cref="GetEnumerator"/> for which.</summary>
    /// <returns>The entries, in no particular order.</returns>
    public KeyValuePair<TKey, TValue>[] ToArray()
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        var copies = new EntryBuffer<TKey, TValue>(table.Count.Value);
        for (int index = 0; index < table.Buckets.Length; index++)
            CopyBucket(table, index, ref copies);
        return copies.ToArray();
    }

    /// <summary>Copies the entries of a bucket, wherever they have been moved to.</summary>
    private void CopyBucket(Table<TKey, TValue> table, int index, scoped ref EntryBuffer<TKey, TValue> copies)
    {
        int start = copies.Count;
        ref Bucket<TKey, TValue> root = ref table.Buckets[index];
        while (true)
        {
            // Version before word, both before the entries: acquire reads.
            uint version = Volatile.Read(ref root.Version);
            ulong word = Volatile.Read(ref root.Word);
            if ((word & BucketWord.Moved) != 0)
            {
                CopyMovedBucket(table, index, ref copies);
                return;
            }
            var entries = new EntryWalk<TKey, TValue>(table, ref root, word);
            while (entries.MoveNext())
            {
                copies.MakeRoom(1);
                copies.Add(ref entries.Current);
            }
            // The copies must be complete before the version is read again.
            Volatile.ReadBarrier();
            if (root.Version == version)
                return;
            copies.Truncate(start);
        }
    }

    private void CopyMovedBucket(Table<TKey, TValue> table, int index, scoped ref EntryBuffer<TKey, TValue> copies)
    {
        Table<TKey, TValue> next = table.Successor();
        int start = copies.Count;
        (int first, int count) = next.BucketsOf(table, index);
        for (int i = first; i < first + count; i++)
            CopyBucket(next, i, ref copies);
        // In a smaller table the entries have joined those of neighbours, which come in their own turn.
        if (next.Log < table.Log)
            copies.Filter(
                start, static (key, bucket) => (int)(bucket.Map.HashOf(key) >> bucket.Shift) == bucket.Index, (Map: this, table.Shift, Index: index));
    }
}
