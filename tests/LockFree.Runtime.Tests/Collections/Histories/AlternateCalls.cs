namespace LockFree.Tests.Collections.Histories;

/// <summary>
/// The members of an alternate lookup, for maps whose comparer lets a number stand for its key: of several forms the one that calls the others.
/// </summary>
internal static class AlternateCalls<TKey, TValue>
    where TKey : notnull
{
    public static readonly (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] Reads =
    [
        (CallKind.Read, TryGetValue),
        (CallKind.Contains, ContainsKey),
    ];

    public static readonly (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] Writes =
    [
        (CallKind.Set, Set),
        (CallKind.TryAdd, TryAdd),
        (CallKind.Add, GetOrAdd),
        (CallKind.Add, GetOrAddByFactory),
    ];

    public static readonly (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] Removals = [(CallKind.Remove, TryRemove)];

    private static void TryGetValue(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, LookupOf(calls).TryGetValue(call.Key, out TValue? value), value);

    private static void ContainsKey(MapCalls<TKey, TValue> calls, TKey key, ref Call call) => call.Succeeded = LookupOf(calls).ContainsKey(call.Key);

    private static void Set(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        ShardedMap<TKey, TValue>.AlternateLookup<int> lookup = LookupOf(calls);
        lookup[call.Key] = calls.ValueOf(call.Argument);
    }

    private static void TryAdd(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        call.Succeeded = LookupOf(calls).TryAdd(call.Key, calls.ValueOf(call.Argument));

    private static void GetOrAdd(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.TellAdded(ref call, LookupOf(calls).GetOrAdd(call.Key, calls.ValueOf(call.Argument)));

    private static void GetOrAddByFactory(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.ValueOf(call.Argument);
        calls.TellAdded(ref call, LookupOf(calls).GetOrAdd(call.Key, _ => value));
    }

    private static void TryRemove(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, LookupOf(calls).TryRemove(call.Key, out TValue? value), value);

    private static ShardedMap<TKey, TValue>.AlternateLookup<int> LookupOf(MapCalls<TKey, TValue> calls) => calls.Map.GetAlternateLookup<int>();
}
