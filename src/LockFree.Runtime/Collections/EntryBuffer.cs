namespace LockFree;

/// <summary>Entries copied out of buckets, in an array that grows.</summary>
internal struct EntryBuffer<TKey, TValue>
{
    private KeyValuePair<TKey, TValue>[] _entries;

    public EntryBuffer(long capacity) => _entries = capacity == 0 ? [] : EntryMemory.Allocate<KeyValuePair<TKey, TValue>>(checked((int)capacity));

    public int Count { get; private set; }

    public readonly ReadOnlySpan<KeyValuePair<TKey, TValue>> Entries => _entries.AsSpan(0, Count);

    public readonly ref readonly KeyValuePair<TKey, TValue> this[int position] => ref _entries[position];

    /// <summary>Makes room for so many more entries.</summary>
    public void MakeRoom(int count)
    {
        if (_entries.Length - Count < count)
            _entries = CopyOf(Math.Max(Math.Max(_entries.Length * 2, BucketWord.Slots * 2), Count + count));
    }

    /// <summary>Copies an entry, for which there must be room. The copy may be torn unless its bucket is locked.</summary>
    public void Add(ref Entry<TKey, TValue> entry) =>
        _entries[Count++] = KeyValuePair.Create(EntryMemory.Read(ref entry.Key), EntryMemory.Read(ref entry.Value));

    /// <summary>Drops the last entries.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Drops, from a position on, the entries that a predicate does not keep.</summary>
    public void Filter<TArg>(int start, Func<TKey, TArg, bool> keep, TArg argument)
    {
        int kept = start;
        for (int position = start; position < Count; position++)
        {
            if (keep(_entries[position].Key, argument))
                _entries[kept++] = _entries[position];
        }
        Count = kept;
    }

    public readonly KeyValuePair<TKey, TValue>[] ToArray() => Count == _entries.Length ? _entries : CopyOf(Count);

    private readonly KeyValuePair<TKey, TValue>[] CopyOf(int length)
    {
        KeyValuePair<TKey, TValue>[] copy = EntryMemory.Allocate<KeyValuePair<TKey, TValue>>(length);
        Entries.CopyTo(copy);
        return copy;
    }
}
