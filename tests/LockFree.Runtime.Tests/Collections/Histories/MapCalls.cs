namespace LockFree.Tests.Collections.Histories;

/// <summary>
/// Every member of a map that concerns one key, each with the kind of call that it is, but for those in <see cref="AsyncCalls{TKey, TValue}"/> and short forms
/// that only call a longer one. A member that stands here twice is called more often.
/// </summary>
internal sealed class MapCalls<TKey, TValue>(Contents<TKey, TValue> contents)
    where TKey : notnull
{
    /// <summary>Makes a call and records its outcome.</summary>
    public delegate void Act(MapCalls<TKey, TValue> calls, TKey key, ref Call call);

    public static readonly (CallKind Kind, Act Act)[] Reads =
    [
        (CallKind.Read, TryGetValue),
        (CallKind.Read, TryGetValue),
        (CallKind.Read, TryGetValue),
        (CallKind.Read, GetByIndex),
        (CallKind.Read, GetValueOrDefault),
        (CallKind.Read, LeaveByCompute),
        (CallKind.Contains, ContainsKey),
        (CallKind.Contains, TryGetKey),
    ];

    public static readonly (CallKind Kind, Act Act)[] Writes =
    [
        (CallKind.Set, Set),
        (CallKind.Set, AddOrUpdate),
        (CallKind.Set, AddOrUpdateByFunctions),
        (CallKind.Set, AddOrUpdateWithArgument),
        (CallKind.Exchange, Exchange),
        (CallKind.Exchange, Exchange),
        (CallKind.Exchange, Exchange),
        (CallKind.Exchange, ExchangeByCompute),
        (CallKind.Exchange, ExchangeByCompute),
        (CallKind.TryAdd, TryAdd),
        (CallKind.TryAdd, AddOrThrow),
        (CallKind.Add, TryAddOrGet),
        (CallKind.Add, TryAddOrGet),
        (CallKind.Add, GetOrAdd),
        (CallKind.Add, GetOrAddByFactory),
        (CallKind.Add, GetOrAddWithArgument),
        (CallKind.Add, GetOrAddOnce),
        (CallKind.Update, Update),
        (CallKind.Update, UpdateWithArgument),
        (CallKind.UpdateIf, UpdateIf),
        (CallKind.UpdateIf, UpdateIf),
        (CallKind.UpdateIf, UpdateIf),
        (CallKind.UpdateIf, UpdateIfByCompute),
    ];

    public static readonly (CallKind Kind, Act Act)[] Removals =
    [
        (CallKind.Remove, TryRemove),
        (CallKind.Remove, TryRemove),
        (CallKind.Remove, RemoveByPredicate),
        (CallKind.Remove, RemoveByPredicateWithArgument),
        (CallKind.Remove, RemoveByCompute),
        (CallKind.Remove, RemoveWhere),
        (CallKind.Discard, Remove),
        (CallKind.RemoveIf, RemoveIf),
        (CallKind.RemoveIf, RemoveIf),
    ];

    public ShardedMap<TKey, TValue> Map { get; set; } = null!;

    public TValue ValueOf(long number) => contents.ValueOf(number);

    public long NumberOf(TValue value) => contents.NumberOfValue(value);

    /// <summary>Records whether there was a value, and which.</summary>
    public void Tell(ref Call call, bool exists, TValue? value)
    {
        call.Succeeded = exists;
        call.Outcome = exists ? NumberOf(value!) : 0;
    }

    /// <summary>Records whether a value was added, or which was in its way.</summary>
    public void TellAdded(ref Call call, TValue present)
    {
        long number = NumberOf(present);
        call.Succeeded = number == call.Argument;
        call.Outcome = call.Succeeded ? 0 : number;
    }

    private static void TryGetValue(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, calls.Map.TryGetValue(key, out TValue? value), value);

    private static void GetByIndex(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        try
        {
            calls.Tell(ref call, true, calls.Map[key]);
        }
        catch (KeyNotFoundException)
        {
            calls.Tell(ref call, false, default);
        }
    }

    private static void GetValueOrDefault(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.Map.GetValueOrDefault(key, calls.ValueOf(call.Argument));
        calls.Tell(ref call, calls.NumberOf(value) != call.Argument, value);
    }

    private static void LeaveByCompute(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        (bool exists, TValue? value) = calls.Map.Compute(
            key, 0, static (TKey _, ref MapEntry<TValue> entry, int _) => (entry.TryGetValue(out TValue? current), current));
        calls.Tell(ref call, exists, value);
    }

    private static void ContainsKey(MapCalls<TKey, TValue> calls, TKey key, ref Call call) => call.Succeeded = calls.Map.ContainsKey(key);

    private static void TryGetKey(MapCalls<TKey, TValue> calls, TKey key, ref Call call) => call.Succeeded = calls.Map.TryGetKey(key, out _);

    private static void Set(MapCalls<TKey, TValue> calls, TKey key, ref Call call) => calls.Map[key] = calls.ValueOf(call.Argument);

    private static void AddOrUpdate(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.ValueOf(call.Argument);
        calls.Map.AddOrUpdate(key, value, (_, _) => value);
    }

    private static void AddOrUpdateByFunctions(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.ValueOf(call.Argument);
        calls.Map.AddOrUpdate(key, _ => value, (_, _) => value);
    }

    private static void AddOrUpdateWithArgument(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Map.AddOrUpdate(key, static (_, value) => value, static (_, _, value) => value, calls.ValueOf(call.Argument));

    private static void Exchange(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, calls.Map.Exchange(key, calls.ValueOf(call.Argument), out TValue? previous), previous);

    private static void ExchangeByCompute(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        (bool existed, TValue? previous) = calls.Map.Compute(key, calls.ValueOf(call.Argument), static (TKey _, ref MapEntry<TValue> entry, TValue value) =>
        {
            bool exists = entry.TryGetValue(out TValue? displaced);
            entry.Value = value;
            return (exists, displaced);
        });
        calls.Tell(ref call, existed, previous);
    }

    private static void TryAdd(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        call.Succeeded = calls.Map.TryAdd(key, calls.ValueOf(call.Argument));

    private static void AddOrThrow(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        try
        {
            calls.Map.Add(key, calls.ValueOf(call.Argument));
            call.Succeeded = true;
        }
        catch (ArgumentException)
        {
            call.Succeeded = false;
        }
    }

    private static void TryAddOrGet(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        call.Succeeded = calls.Map.TryAdd(key, calls.ValueOf(call.Argument), out TValue? existing);
        call.Outcome = call.Succeeded ? 0 : calls.NumberOf(existing!);
    }

    private static void GetOrAdd(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.TellAdded(ref call, calls.Map.GetOrAdd(key, calls.ValueOf(call.Argument)));

    private static void GetOrAddByFactory(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.ValueOf(call.Argument);
        calls.TellAdded(ref call, calls.Map.GetOrAdd(key, _ => value));
    }

    private static void GetOrAddWithArgument(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.TellAdded(ref call, calls.Map.GetOrAdd(key, static (_, value) => value, calls.ValueOf(call.Argument)));

    private static void GetOrAddOnce(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue value = calls.Map.GetOrAddOnce(key, static (_, value) => value, calls.ValueOf(call.Argument), out bool added);
        call.Succeeded = added;
        call.Outcome = added ? 0 : calls.NumberOf(value);
    }

    private static void Update(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue? previous = default;
        TValue value = calls.ValueOf(call.Argument);
        bool updated = calls.Map.TryUpdate(
            key,
            (_, current) =>
            {
                previous = current;
                return value;
            },
            out _);
        calls.Tell(ref call, updated, previous);
    }

    private static void UpdateWithArgument(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue? previous = default;
        bool updated = calls.Map.TryUpdate(
            key,
            (_, current, value) =>
            {
                previous = current;
                return value;
            },
            calls.ValueOf(call.Argument),
            out _);
        calls.Tell(ref call, updated, previous);
    }

    private static void UpdateIf(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        call.Succeeded = calls.Map.TryUpdate(key, calls.ValueOf(call.Argument), calls.ValueOf(call.Comparand));

    private static void UpdateIfByCompute(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        long comparand = call.Comparand;
        call.Succeeded = calls.Map.Compute(key, calls.ValueOf(call.Argument), (TKey _, ref MapEntry<TValue> entry, TValue value) =>
        {
            if (!entry.TryGetValue(out TValue? current) || calls.NumberOf(current) != comparand)
                return false;
            entry.Value = value;
            return true;
        });
    }

    private static void TryRemove(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, calls.Map.TryRemove(key, out TValue? value), value);

    private static void RemoveByPredicate(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, calls.Map.TryRemove(key, static (_, _) => true, out TValue? value), value);

    private static void RemoveByPredicateWithArgument(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        calls.Tell(ref call, calls.Map.TryRemove(key, static (_, _, selected) => selected, true, out TValue? value), value);

    private static void RemoveByCompute(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        (bool existed, TValue? removed) = calls.Map.Compute(key, 0, static (TKey _, ref MapEntry<TValue> entry, int _) =>
        {
            bool exists = entry.TryGetValue(out TValue? value);
            entry.Remove();
            return (exists, value);
        });
        calls.Tell(ref call, existed, removed);
    }

    private static void RemoveWhere(MapCalls<TKey, TValue> calls, TKey key, ref Call call)
    {
        TValue? removed = default;
        bool isRemoved = calls.Map.RemoveWhere((candidate, value) =>
        {
            if (!EqualityComparer<TKey>.Default.Equals(candidate, key))
                return false;
            removed = value;
            return true;
        }) != 0;
        calls.Tell(ref call, isRemoved, removed);
    }

    private static void Remove(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        call.Succeeded = ((IDictionary<TKey, TValue>)calls.Map).Remove(key);

    private static void RemoveIf(MapCalls<TKey, TValue> calls, TKey key, ref Call call) =>
        call.Succeeded = calls.Map.TryRemove(KeyValuePair.Create(key, calls.ValueOf(call.Comparand)));
}
