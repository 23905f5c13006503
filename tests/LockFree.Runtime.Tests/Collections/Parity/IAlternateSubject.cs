namespace LockFree.Tests.Collections.Parity;

/// <summary>An alternate lookup of either kind of dictionary.</summary>
internal interface IAlternateSubject<TAlternate, TKey, TValue>
{
    TValue this[TAlternate key] { get; set; }

    bool ContainsKey(TAlternate key);

    bool TryGetValue(TAlternate key, out TKey? actualKey, out TValue? value);

    bool TryAdd(TAlternate key, TValue value);

    bool TryRemove(TAlternate key, out TKey? actualKey, out TValue? value);
}
