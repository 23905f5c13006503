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

    /// <summary>The entry in a slot, which is not checked. Unsigned, because extending a sign takes an instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Entry<TKey, TValue> At(ref EntrySlots<TKey, TValue> slots, int slot) => ref Unsafe.Add(ref slots._first, (nuint)(uint)slot);
}
