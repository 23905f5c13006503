namespace LockFree.Tests.Collections;

/// <summary>A collection and the results of all calls made to it.</summary>
internal abstract class Recorded<TSubject, TKey, TValue>(TSubject subject)
{
    public TSubject Subject { get; } = subject;

    public List<object?> Results { get; } = [];

    public abstract string Contents();

    /// <summary>An order-independent picture of a sequence.</summary>
    protected static string Sorted<T>(IEnumerable<T> items) =>
        string.Join(' ', items.Select(item => item?.ToString()).Order(StringComparer.Ordinal));

    /// <summary>An arbitrary order of keys, so that about half of them are selected.</summary>
    protected static bool IsBelow(TKey key, TKey limit) => string.CompareOrdinal(key!.ToString(), limit!.ToString()) < 0;
}
