namespace LockFree.Analyzers.GuardedState;

/// <summary>Which of the base class library's keyed collections a field holds.</summary>
internal enum CollectionKind
{
    /// <summary><c>Dictionary&lt;TKey, TValue&gt;</c>.</summary>
    Map,

    /// <summary><c>SortedDictionary&lt;TKey, TValue&gt;</c>: enumerated in key order, compared by an <c>IComparer</c>.</summary>
    SortedMap,

    /// <summary><c>HashSet&lt;T&gt;</c>.</summary>
    Set,
}
