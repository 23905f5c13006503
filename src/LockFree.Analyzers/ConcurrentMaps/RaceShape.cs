namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>What is done in two operations that should be one.</summary>
internal enum RaceShape
{
    /// <summary><c>if (map.ContainsKey(key)) use(map[key])</c></summary>
    GetAfterContains,

    /// <summary><c>if (!map.TryGetValue(key, out value)) map[key] = value = …</c></summary>
    AddAfterMiss,

    /// <summary><c>if (map.TryGetValue(key, out value)) return value; map[key] = value = new(); value.Name = …</c></summary>
    HalfFilled,

    /// <summary><c>if (map.ContainsKey(key)) return; map.TryAdd(key, mark); effect()</c></summary>
    MarkOnce,

    /// <summary><c>map[key] = map[key] + 1</c></summary>
    LostUpdate,

    /// <summary><c>map.TryUpdate(key, old + 1, old);</c></summary>
    UntestedUpdate,

    /// <summary><c>if (map.TryGetValue(key, out value) &amp;&amp; value.IsStale) map.TryRemove(key, out _)</c></summary>
    StaleRemoval,

    /// <summary><c>if (list.Count == 0) map.TryRemove(key, out _)</c></summary>
    EmptyRemoval,

    /// <summary><c>if (map.ContainsKey(key)) { map.TryRemove(key, out value); use(value) }</c></summary>
    RemovalTakenForGranted,
}
