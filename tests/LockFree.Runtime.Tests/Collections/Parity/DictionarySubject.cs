using System.Collections;

namespace LockFree.Tests.Collections.Parity;

/// <summary>
/// A concurrent dictionary of either kind: the members that no interface has, and the way to the interfaces. The two that derive from it are the same line by
/// line on purpose: what is compared are members of the same names, and no type but this one has them in common.
/// </summary>
internal abstract class DictionarySubject<TKey, TValue>(IDictionary<TKey, TValue> dictionary)
    where TKey : notnull
{
    public IDictionary<TKey, TValue> Dictionary { get; } = dictionary;

    public IReadOnlyDictionary<TKey, TValue> ReadOnly => (IReadOnlyDictionary<TKey, TValue>)Dictionary;

    public IDictionary Untyped => (IDictionary)Dictionary;

    public abstract bool IsEmpty { get; }

    public abstract IEqualityComparer<TKey> Comparer { get; }

    public abstract bool TryAdd(TKey key, TValue value);

    public abstract bool TryUpdate(TKey key, TValue newValue, TValue comparand);

    public abstract bool TryRemove(TKey key, out TValue? value);

    public abstract bool TryRemove(KeyValuePair<TKey, TValue> item);

    public abstract TValue GetOrAdd(TKey key, TValue value);

    public abstract TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory);

    public abstract TValue GetOrAdd<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg argument);

    public abstract TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory);

    public abstract TValue AddOrUpdate(TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory);

    public abstract TValue AddOrUpdate<TArg>(
        TKey key, Func<TKey, TArg, TValue> addValueFactory, Func<TKey, TValue, TArg, TValue> updateValueFactory, TArg argument);

    public abstract KeyValuePair<TKey, TValue>[] ToArray();

    public abstract IAlternateSubject<TAlternate, TKey, TValue> AlternateLookup<TAlternate>()
        where TAlternate : notnull;
}
