namespace LockFree.Tests.Collections;

/// <summary>A <see cref="Dictionary{TKey, TValue}"/> behind the calls of <see cref="MapUnderTest{TKey, TValue}"/>: what each of them has to do.</summary>
internal sealed class MapModel<TKey, TValue>(IEqualityComparer<TKey>? comparer) : Recorded<Dictionary<TKey, TValue>, TKey, TValue>(new(comparer))
    where TKey : notnull
{
    public static readonly Dictionary<string, Func<Dictionary<TKey, TValue>, TKey, TValue, object?>> Calls = new()
    {
        ["TryGetValue"] = (m, k, _) => (m.TryGetValue(k, out TValue? v), v),
        ["ContainsKey"] = (m, k, _) => m.ContainsKey(k),
        ["Indexer"] = (m, k, _) => m.TryGetValue(k, out TValue? v) ? v : nameof(KeyNotFoundException),
        ["GetValueOrDefault"] = (m, k, v) => (m.GetValueOrDefault(k), m.GetValueOrDefault(k, v)),
        ["TryAdd"] = (m, k, v) => m.TryAdd(k, v),
        ["TryAdd existing"] = (m, k, v) => (AddOrGet(m, k, v, out TValue? existing), existing),
        ["Add"] = (m, k, v) => m.TryAdd(k, v) ? null : nameof(ArgumentException),
        ["Set"] = (m, k, v) => m[k] = v,
        ["Exchange"] = (m, k, v) => (Exchange(m, k, v, out TValue? previous), previous),
        ["GetOrAdd"] = GetOrAdd,
        ["GetOrAdd factory"] = GetOrAdd,
        ["GetOrAdd argument"] = GetOrAdd,
        ["GetOrAddOnce short"] = GetOrAdd,
        ["GetOrAddOnce short argument"] = GetOrAdd,
        ["GetOrAddOnce argument"] = (m, k, v) => (!m.ContainsKey(k), GetOrAdd(m, k, v)),
        ["GetOrAddOnce"] = (m, k, v) => (!m.ContainsKey(k), GetOrAdd(m, k, v)),
        ["TryUpdate comparand"] = (m, k, v) => m.TryGetValue(k, out TValue? old) && Equals(old, v) && Assign(m, k, default!),
        ["TryUpdate updater"] = (m, k, v) => (m.ContainsKey(k) && Assign(m, k, v), m.ContainsKey(k) ? v : default),
        ["AddOrUpdate value"] = GetOrAdd,
        ["AddOrUpdate factories"] = (m, k, v) => m[k] = v,
        ["AddOrUpdate argument"] = (m, k, v) => m[k] = v,
        ["TryUpdate argument"] = (m, k, v) => (m.ContainsKey(k) && Assign(m, k, v), m.ContainsKey(k) ? v : default),
        ["Compute"] = Compute,
        ["Compute leaving"] = (m, k, _) => (m.TryGetValue(k, out TValue? v), v),
        ["TryGetKey"] = (m, k, _) => m.ContainsKey(k) ? m.Keys.First(key => m.Comparer.Equals(key, k)) : "none",
        ["GetOrAddAsync"] = GetOrAdd,
        ["GetOrAddAsync token"] = GetOrAdd,
        ["GetOrAddAsync argument"] = GetOrAdd,
        ["TryRemove argument"] = RemovePair,
        ["Remove"] = (m, k, _) => m.Remove(k),
        ["Contains pair"] = (m, k, v) => m.Contains(KeyValuePair.Create(k, v)),
        ["TryRemove"] = (m, k, _) => (m.Remove(k, out TValue? v), v),
        ["TryRemove pair"] = RemovePair,
        ["TryRemove predicate"] = RemovePair,
        ["RemoveWhere"] = (m, k, _) => m.Keys.Where(key => IsBelow(key, k)).ToArray().Count(m.Remove),
        ["Drain"] = (m, _, _) => Drain(m),
        ["Clear"] = (m, _, _) => Drain(m) is null,
        ["TrimExcess"] = (_, _, _) => null,
        ["EnsureCapacity"] = (_, _, _) => true,
        ["Count"] = (m, _, _) => (m.Count, m.Count == 0),
        ["ToArray"] = (m, _, _) => Sorted(m),
        ["Keys"] = (m, k, _) => (Sorted(m.Keys), m.ContainsKey(k), m.Count),
        ["Values"] = (m, _, v) => (Sorted(m.Values), m.ContainsValue(v), m.Count),
        ["CopyTo"] = (m, _, _) => Sorted(m),
    };

    public void Run(string call, TKey key, TValue value) => Results.Add(Calls[call](Subject, key, value));

    public override string Contents() => Sorted(Subject);

    private static bool AddOrGet(Dictionary<TKey, TValue> model, TKey key, TValue value, out TValue? existing)
    {
        model.TryGetValue(key, out existing);
        return model.TryAdd(key, value);
    }

    private static bool Exchange(Dictionary<TKey, TValue> model, TKey key, TValue value, out TValue? previous)
    {
        bool had = model.TryGetValue(key, out previous);
        model[key] = value;
        return had;
    }

    private static object? GetOrAdd(Dictionary<TKey, TValue> model, TKey key, TValue value)
    {
        model.TryAdd(key, value);
        return model[key];
    }

    private static object? Compute(Dictionary<TKey, TValue> model, TKey key, TValue value)
    {
        (bool, TValue?) before = (model.TryGetValue(key, out TValue? current), current);
        if (before.Item1 && Equals(current, value))
            model.Remove(key);
        else
            model[key] = value;
        return before;
    }

    private static bool Assign(Dictionary<TKey, TValue> model, TKey key, TValue value)
    {
        model[key] = value;
        return true;
    }

    private static object? RemovePair(Dictionary<TKey, TValue> model, TKey key, TValue value) =>
        ((ICollection<KeyValuePair<TKey, TValue>>)model).Remove(KeyValuePair.Create(key, value));

    private static string Drain(Dictionary<TKey, TValue> model)
    {
        string contents = Sorted(model);
        model.Clear();
        return contents;
    }
}
