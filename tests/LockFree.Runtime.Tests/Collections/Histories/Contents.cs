namespace LockFree.Tests.Collections.Histories;

/// <summary>Stands for the keys and values of a map by numbers.</summary>
/// <param name="Name">For the report.</param>
/// <param name="KeyOf">The key of a number.</param>
/// <param name="NumberOfKey">The number of a key.</param>
/// <param name="ValueOf">The value of a number.</param>
/// <param name="NumberOfValue">The number of a value; -1 if the value is torn.</param>
/// <param name="Comparer">The comparer of the map.</param>
internal sealed record Contents<TKey, TValue>(
    string Name,
    Func<int, TKey> KeyOf,
    Func<TKey, int> NumberOfKey,
    Func<long, TValue> ValueOf,
    Func<TValue, long> NumberOfValue,
    IEqualityComparer<TKey>? Comparer = null)
    where TKey : notnull
{
    /// <summary>All values are one and the same, number 1: calls that tell a value tell nothing.</summary>
    public bool HasOneValue { get; init; }

    public override string ToString() => Name;
}
