namespace LockFree.Tests.Collections;

/// <summary>Every way in which code of the caller's gets to run inside a call of a map.</summary>
internal static class MapCallbacks
{
    public const int Key = 1;

    /// <summary>Calls of a map that has <see cref="Key"/>, in the middle of which <c>inside</c> is run at least once.</summary>
    private static readonly Dictionary<string, Action<ShardedMap<int, Probe>, Action>> OnPresentKey = new()
    {
        ["TryUpdate updater"] = (map, inside) => map.TryUpdate(Key, (_, value) => Run(inside, value), out _),
        ["TryUpdate updater with argument"] = (map, inside) => map.TryUpdate(Key, static (_, value, inside) => Run(inside, value), inside, out _),
        ["AddOrUpdate updater"] = (map, inside) => map.AddOrUpdate(Key, new Probe(), (_, value) => Run(inside, value)),
        ["Compute function"] = (map, inside) => map.Compute(Key, inside, static (_, ref entry, inside) => entry.Value = Run(inside, entry.GetValueOrDefault()!)),
        ["TryRemove predicate"] = (map, inside) => map.TryRemove(Key, (_, value) => Run(inside, value) is not null, out _),
        ["RemoveWhere predicate"] = (map, inside) => map.RemoveWhere((_, value) => Run(inside, value) is not null),
        ["Equals of values in TryUpdate"] = (map, inside) => map.TryUpdate(Key, new Probe(), new Probe { OnEquals = inside }),
        ["Equals of values in TryRemove"] = (map, inside) => map.TryRemove(KeyValuePair.Create(Key, new Probe { OnEquals = inside })),
        ["Body of an enumeration"] = (map, inside) =>
        {
            foreach (KeyValuePair<int, Probe> _ in map)
                inside();
        },
    };

    /// <summary>The same of a map without the key.</summary>
    private static readonly Dictionary<string, Action<ShardedMap<int, Probe>, Action>> OnMissingKey = new()
    {
        ["GetOrAdd factory"] = (map, inside) => map.GetOrAdd(Key, _ => Run(inside, new Probe())),
        ["GetOrAdd factory with argument"] = (map, inside) => map.GetOrAdd(Key, static (_, inside) => Run(inside, new Probe()), inside),
        ["GetOrAddOnce factory"] = (map, inside) => map.GetOrAddOnce(Key, _ => Run(inside, new Probe())),
        ["GetOrAddAsync factory"] = (map, inside) => map.GetOrAddAsync(Key, (_, _) => ValueTask.FromResult(Run(inside, new Probe()))).OrHang().GetAwaiter().GetResult(),
        ["AddOrUpdate factory"] = (map, inside) => map.AddOrUpdate(Key, _ => Run(inside, new Probe()), (_, value) => value),
        ["Compute function on a missing key"] = (map, inside) => map.Compute(Key, inside, static (_, ref entry, inside) => entry.Value = Run(inside, new Probe())),
    };

    public static TheoryData<string> Names => [.. OnPresentKey.Keys, .. OnMissingKey.Keys];

    /// <summary>Makes a map and a call of it in the middle of which <c>inside</c> is run.</summary>
    public static void Call(string name, Action<ShardedMap<int, Probe>> inside)
    {
        var map = new ShardedMap<int, Probe>();
        bool isPresent = OnPresentKey.TryGetValue(name, out Action<ShardedMap<int, Probe>, Action>? call);
        if (isPresent)
            map[Key] = new Probe();
        else
            call = OnMissingKey[name];
        call!(map, () => inside(map));
    }

    private static Probe Run(Action inside, Probe value)
    {
        inside();
        return value;
    }

    /// <summary>A value whose equality is code of the test's.</summary>
    internal sealed class Probe
    {
        public Action? OnEquals { get; init; }

        public override bool Equals(object? obj)
        {
            OnEquals?.Invoke();
            (obj as Probe)?.OnEquals?.Invoke();
            return true;
        }

        public override int GetHashCode() => 0;
    }
}
