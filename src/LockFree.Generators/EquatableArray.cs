using System.Collections;
using System.Collections.Immutable;

namespace LockFree.Generators;

/// <summary>
/// An immutable array that compares by its items. <see cref="ImmutableArray{T}"/> compares by reference, so a model that held one
/// would look changed after every keystroke and be written again each time.
/// </summary>
internal readonly struct EquatableArray<T>(ImmutableArray<T> items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    // The default of the struct holds the default of the array, which must not be enumerated.
    private readonly ImmutableArray<T> _items = items;

    public int Count => _items.IsDefault ? 0 : _items.Length;

    public T this[int index] => _items[index];

    public static implicit operator EquatableArray<T>(ImmutableArray<T> items) => new(items);

    public bool Equals(EquatableArray<T> other)
    {
        if (Count != other.Count)
            return false;
        for (int index = 0; index < Count; index++)
        {
            if (!_items[index].Equals(other._items[index]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        int hash = Count;
        foreach (T item in this)
            hash = unchecked((hash * 31) + item.GetHashCode());
        return hash;
    }

    public IEnumerator<T> GetEnumerator()
    {
        IEnumerable<T> items = _items.IsDefault ? ImmutableArray<T>.Empty : _items;
        return items.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
