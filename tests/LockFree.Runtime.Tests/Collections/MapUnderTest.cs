namespace LockFree.Tests.Collections;

/// <summary>A <see cref="ShardedMap{TKey, TValue}"/> and every call of it that has a counterpart in <see cref="MapModel{TKey, TValue}"/>.</summary>
internal sealed class MapUnderTest<TKey, TValue>(IEqualityComparer<TKey>? comparer) : Recorded<ShardedMap<TKey, TValue>, TKey, TValue>(new(comparer))
    where TKey : notnull
{
    public static readonly Dictionary<string, Func<ShardedMap<TKey, TValue>, TKey, TValue, object?>> Calls = new()
    {
        ["TryGetValue"] = (m, k, _) => (m.TryGetValue(k, out TValue? v), v),
        ["ContainsKey"] = (m, k, _) => m.ContainsKey(k),
        ["Indexer"] = (m, k, _) => NameOf(() => m[k]),
        ["GetValueOrDefault"] = (m, k, v) => (m.GetValueOrDefault(k), m.GetValueOrDefault(k, v)),
        ["TryAdd"] = (m, k, v) => m.TryAdd(k, v),
        ["TryAdd existing"] = (m, k, v) => (m.TryAdd(k, v, out TValue? existing), existing),
        ["Add"] = (m, k, v) => NameOf(() =>
        {
            m.Add(k, v);
            return null;
        }),
        ["Set"] = (m, k, v) => m[k] = v,
        ["Exchange"] = (m, k, v) => (m.Exchange(k, v, out TValue? previous), previous),
        ["GetOrAdd"] = (m, k, v) => m.GetOrAdd(k, v),
        ["GetOrAdd factory"] = (m, k, v) => m.GetOrAdd(k, _ => v),
        ["GetOrAdd argument"] = (m, k, v) => m.GetOrAdd(k, static (_, argument) => argument, v),
        ["GetOrAddOnce short"] = (m, k, v) => m.GetOrAddOnce(k, _ => v),
        ["GetOrAddOnce short argument"] = (m, k, v) => m.GetOrAddOnce(k, static (_, argument) => argument, v),
        ["GetOrAddOnce argument"] = (m, k, v) =>
            m.GetOrAddOnce(k, static (_, argument) => argument, v, out bool added) is var result ? (added, (object?)result) : null,
        ["GetOrAddOnce"] = (m, k, v) => m.GetOrAddOnce(k, _ => v, out bool added) is var result ? (added, (object?)result) : null,
        ["TryUpdate comparand"] = (m, k, v) => m.TryUpdate(k, default!, v),
        ["TryUpdate updater"] = (m, k, v) => (m.TryUpdate(k, (_, _) => v, out TValue? updated), updated),
        ["AddOrUpdate value"] = (m, k, v) => m.AddOrUpdate(k, v, (_, old) => old),
        ["AddOrUpdate factories"] = (m, k, v) => m.AddOrUpdate(k, _ => v, (_, _) => v),
        ["AddOrUpdate argument"] = (m, k, v) => m.AddOrUpdate(k, static (_, argument) => argument, static (_, _, argument) => argument, v),
        ["TryUpdate argument"] = (m, k, v) => (m.TryUpdate(k, static (_, _, argument) => argument, v, out TValue? updated), updated),
        ["Compute"] = (m, k, v) => m.Compute(k, v, static (TKey _, ref MapEntry<TValue> entry, TValue wanted) =>
        {
            (bool, TValue?) before = (entry.TryGetValue(out TValue? current), current);
            if (before.Item1 && Equals(current, wanted))
                entry.Remove();
            else
                entry.Value = wanted;
            return before;
        }),
        ["Compute leaving"] = (m, k, _) => m.Compute(k, 0, static (TKey _, ref MapEntry<TValue> entry, int _) => (entry.Exists, entry.GetValueOrDefault())),
        ["TryGetKey"] = (m, k, _) => m.TryGetKey(k, out TKey? actual) ? actual : "none",
        ["GetOrAddAsync"] = (m, k, v) => m.GetOrAddAsync(k, (_, _) => ValueTask.FromResult(v)).OrHang().GetAwaiter().GetResult(),
        ["GetOrAddAsync token"] = (m, k, v) =>
            m.GetOrAddAsync(k, (_, _) => ValueTask.FromResult(v), CancellationToken.None).OrHang().GetAwaiter().GetResult(),
        ["GetOrAddAsync argument"] = (m, k, v) =>
            m.GetOrAddAsync(k, static (_, argument, _) => ValueTask.FromResult(argument), v, CancellationToken.None).OrHang().GetAwaiter().GetResult(),
        ["TryRemove argument"] = (m, k, v) => m.TryRemove(k, static (_, current, argument) => Equals(current, argument), v, out _),
        ["Remove"] = (m, k, _) => ((IDictionary<TKey, TValue>)m).Remove(k),
        ["Contains pair"] = (m, k, v) => ((IDictionary<TKey, TValue>)m).Contains(KeyValuePair.Create(k, v)),
        ["TryRemove"] = (m, k, _) => (m.TryRemove(k, out TValue? v), v),
        ["TryRemove pair"] = (m, k, v) => m.TryRemove(KeyValuePair.Create(k, v)),
        ["TryRemove predicate"] = (m, k, v) => m.TryRemove(k, (_, current) => Equals(current, v), out _),
        ["RemoveWhere"] = (m, k, _) => m.RemoveWhere((key, _) => IsBelow(key, k)),
        ["Drain"] = (m, _, _) => Sorted(m.Drain()),
        ["Clear"] = (m, _, _) =>
        {
            m.Clear();
            return false;
        },
        ["TrimExcess"] = (m, _, _) =>
        {
            m.TrimExcess();
            return null;
        },
        ["EnsureCapacity"] = (m, _, _) => m.EnsureCapacity(100) >= 100,
        ["Count"] = (m, _, _) => (m.Count, m.IsEmpty),
        ["ToArray"] = (m, _, _) => Sorted(m.ToArray()),
        ["Keys"] = (m, k, _) => (Sorted(m.Keys), m.Keys.Contains(k), m.Keys.Count),
        ["Values"] = (m, _, v) => (Sorted(m.Values), m.Values.Contains(v), m.Values.Count),
        ["CopyTo"] = (m, _, _) =>
        {
            var array = new KeyValuePair<TKey, TValue>[m.Count + 2];
            m.CopyTo(array, 1);
            return Sorted(array[1..^1]);
        },
    };

    public void Run(string call, TKey key, TValue value) => Results.Add(Calls[call](Subject, key, value));

    /// <summary>What enumeration finds, rather than the copies above.</summary>
    public override string Contents() => Sorted(Subject);

    private static object? NameOf(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
