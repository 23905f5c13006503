using System.Collections.Concurrent;

namespace LockFree.Tests.Collections.Parity;

/// <summary>The base class library's dictionary.</summary>
internal sealed class ConcurrentDictionarySubject<TKey, TValue>(ConcurrentDictionary<TKey, TValue> subject) : DictionarySubject<TKey, TValue>(subject)
    where TKey : notnull
{
    public override bool IsEmpty => subject.IsEmpty;

    public override IEqualityComparer<TKey> Comparer => subject.Comparer;

    public override bool TryAdd(TKey key, TValue value) => subject.TryAdd(key, value);

    public override bool TryUpdate(TKey key, TValue newValue, TValue comparand) => subject.TryUpdate(key, newValue, comparand);

    public override bool TryRemove(TKey key, out TValue? value) => subject.TryRemove(key, out value);

    public override bool TryRemove(KeyValuePair<TKey, TValue> item) => subject.TryRemove(item);

    public override TValue GetOrAdd(TKey key, TValue value) => subject.GetOrAdd(key, value);

    public override TValue GetOrAdd(TKey key, Func<TKey, TValue> valueFactory) => subject.GetOrAdd(key, valueFactory);

    public override TValue GetOrAdd<TArg>(TKey key, Func<TKey, TArg, TValue> valueFactory, TArg argument) =>
        subject.GetOrAdd(key, valueFactory, argument);

    public override TValue AddOrUpdate(TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory) =>
        subject.AddOrUpdate(key, addValue, updateValueFactory);

    public override TValue AddOrUpdate(TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory) =>
        subject.AddOrUpdate(key, addValueFactory, updateValueFactory);

    public override TValue AddOrUpdate<TArg>(
        TKey key, Func<TKey, TArg, TValue> addValueFactory, Func<TKey, TValue, TArg, TValue> updateValueFactory, TArg argument) =>
        subject.AddOrUpdate(key, addValueFactory, updateValueFactory, argument);

    public override KeyValuePair<TKey, TValue>[] ToArray() => subject.ToArray();

    public override IAlternateSubject<TAlternate, TKey, TValue> AlternateLookup<TAlternate>() =>
        new Alternate<TAlternate>(subject.GetAlternateLookup<TAlternate>());

    private sealed class Alternate<TAlternate>(ConcurrentDictionary<TKey, TValue>.AlternateLookup<TAlternate> lookup) : IAlternateSubject<TAlternate, TKey, TValue>
        where TAlternate : notnull
    {
        public TValue this[TAlternate key]
        {
            get => lookup[key];
            set => lookup[key] = value;
        }

        public bool ContainsKey(TAlternate key) => lookup.ContainsKey(key);

        public bool TryGetValue(TAlternate key, out TKey? actualKey, out TValue? value) => lookup.TryGetValue(key, out actualKey, out value);

        public bool TryAdd(TAlternate key, TValue value) => lookup.TryAdd(key, value);

        public bool TryRemove(TAlternate key, out TKey? actualKey, out TValue? value) => lookup.TryRemove(key, out actualKey, out value);
    }
}
