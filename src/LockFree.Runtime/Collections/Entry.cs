using System.Runtime.CompilerServices;

namespace LockFree;

/// <summary>A key and its value, stored in place: an entry is never an object of its own.</summary>
internal struct Entry<TKey, TValue>
{
    public TKey Key;
    public TValue Value;
}

/// <summary>The entries of one bucket, side by side.</summary>
[InlineArray(BucketWord.Slots)]
internal struct EntrySlots<TKey, TValue>
{
    private Entry<TKey, TValue> _first;
}
