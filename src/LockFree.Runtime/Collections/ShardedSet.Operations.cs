namespace LockFree;

/// <content>
/// Comparing and combining with other sequences. None of this is atomic as a whole: each item is added, removed or looked up on its own, and what others
/// write meanwhile may or may not be taken into account.
/// </content>
public sealed partial class ShardedSet<T>
{
    /// <summary>Adds all items of a sequence.</summary>
    /// <param name="other">The sequence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> or one of its items is null.</exception>
    public void UnionWith(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (T item in other)
            Add(item);
    }

    /// <summary>Removes all items of a sequence.</summary>
    /// <param name="other">The sequence; may be this set, which is then emptied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> or one of its items is null.</exception>
    public void ExceptWith(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (T item in other)
            Remove(item);
    }

    /// <summary>Removes all items that a sequence does not have.</summary>
    /// <param name="other">The sequence, compared by the comparer of this set.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public void IntersectWith(IEnumerable<T> other)
    {
        HashSet<T> kept = SetOf(other);
        RemoveWhere(item => !kept.Contains(item));
    }

    /// <summary>Whether the set has at least one item of a sequence.</summary>
    /// <param name="other">The sequence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool Overlaps(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Any(Contains);
    }

    /// <summary>Whether the set has all items of a sequence.</summary>
    /// <param name="other">The sequence.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool IsSupersetOf(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.All(Contains);
    }

    /// <summary>Whether a sequence has all items of the set.</summary>
    /// <param name="other">The sequence, compared by the comparer of this set.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool IsSubsetOf(IEnumerable<T> other) => SetOf(other).IsSupersetOf(this);

    /// <summary>Whether the set and a sequence have the same items.</summary>
    /// <param name="other">The sequence, compared by the comparer of this set.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool SetEquals(IEnumerable<T> other) => SetOf(other).SetEquals(this);

    private HashSet<T> SetOf(IEnumerable<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new HashSet<T>(other, Comparer);
    }
}
