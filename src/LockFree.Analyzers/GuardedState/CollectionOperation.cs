namespace LockFree.Analyzers.GuardedState;

/// <summary>What one mention of a keyed collection does with it.</summary>
internal enum CollectionOperation
{
    /// <summary><c>TryGetValue(key, out value)</c>, or <c>GetValueOrDefault</c>, which asks the same question.</summary>
    TryGetValue,

    /// <summary><c>ContainsKey(key)</c> of a map, <c>Contains(item)</c> of a set.</summary>
    Contains,

    /// <summary><c>map[key]</c> read: throws when the key is missing.</summary>
    Get,

    /// <summary><c>map[key] = value</c>.</summary>
    Set,

    /// <summary><c>map[key] += …</c>, <c>map[key]++</c>, <c>map[key] ??= …</c>.</summary>
    ReadModifyWrite,

    /// <summary><c>Add</c>: of a map it throws on a duplicate, of a set it answers whether the item was new.</summary>
    Add,

    /// <summary><c>TryAdd(key, value)</c>.</summary>
    TryAdd,

    /// <summary><c>Remove(key)</c> or <c>Remove(key, out value)</c>.</summary>
    Remove,

    /// <summary><c>Clear()</c>.</summary>
    Clear,

    /// <summary><c>Count</c>, <c>Comparer</c>, <c>Any()</c> without a predicate: one number or flag of the whole collection.</summary>
    Count,

    /// <summary>A copy of the whole: <c>ToArray()</c>, <c>new List&lt;T&gt;(map.Values)</c>, a spread.</summary>
    Snapshot,

    /// <summary>One pass over the whole that yields a single result: <c>Values.Any(…)</c>, <c>Sum</c>, <c>ContainsValue</c>.</summary>
    Scan,

    /// <summary><c>foreach</c> over the collection, its keys or its values.</summary>
    Enumerate,

    /// <summary>The field itself is assigned.</summary>
    Replace,

    /// <summary>The reference is only compared, usually with null.</summary>
    Compare,

    /// <summary>A member without a counterpart on a concurrent collection; the access names it.</summary>
    Other,

    /// <summary>The collection, or a live view of it, leaves the analysis' sight; the access says how.</summary>
    Escape,
}
