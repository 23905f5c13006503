namespace LockFree.Tests.Collections.Histories;

/// <summary>One thread's part of a round: makes calls through every member that fits their kind and records what it saw.</summary>
internal sealed class MapThread<TKey, TValue>(int thread, Scenario scenario, Contents<TKey, TValue> contents, IExecution execution)
    where TKey : notnull
{
    private const int FirstFiller = 100_000;

    private readonly TKey[] _keys = [.. Enumerable.Range(0, scenario.Keys).Select(contents.KeyOf)];
    private readonly long[] _lastSeen = new long[scenario.Keys];
    private ShardedMap<TKey, TValue> _map = null!;
    private Random _random = new(0);
    private long _written;

    public List<Call> Calls { get; } = [];

    /// <summary>The keys that only this thread knows, none of which may get lost.</summary>
    public List<int> Fillers { get; } = [];

    /// <summary>What went wrong beyond the history of a key.</summary>
    public string? Failure { get; private set; }

    public void Run(ShardedMap<TKey, TValue> map, int seed)
    {
        _map = map;
        _random = new Random(seed);
        _written = 0;
        Array.Clear(_lastSeen);
        Calls.Clear();
        Fillers.Clear();
        Failure = null;
        execution.Enter(thread);
        try
        {
            for (int call = 1; call <= scenario.CallsPerThread && Failure is null; call++)
                MakeCalls(call);
        }
        catch (Exception exception)
        {
            Failure = exception.ToString();
        }
        finally
        {
            execution.Leave();
        }
    }

    private void MakeCalls(int number)
    {
        if (IsTime(number, scenario.FillEvery))
            Fill();
        if (thread == 0 && IsTime(number, scenario.WalkEvery))
            Walk(number / scenario.WalkEvery);
        if (thread == 0 && IsTime(number, scenario.ReshapeEvery))
            Reshape();
        if (thread == 0 && IsTime(number, scenario.EmptyEvery))
            Empty();

        (int reads, int writes, int removals) = scenario.Mix;
        int choice = _random.Next(reads + writes + removals);
        int key = _random.Next(scenario.Keys);
        if (choice < reads)
            Record(key, CallKind.Read, Read);
        else if (choice < reads + writes)
            Write(key);
        else
            Remove(key);
    }

    private void Write(int key)
    {
        switch (_random.Next(12))
        {
            case 0:
                Record(key, CallKind.Set, Set);
                break;
            case 1:
            case 2:
                Record(key, CallKind.Exchange, Exchange);
                break;
            case 3:
                Record(key, CallKind.Exchange, ExchangeByAddOrUpdate);
                break;
            case 4:
                Record(key, CallKind.Exchange, ExchangeByCompute);
                break;
            case 5:
            case 6:
                Record(key, CallKind.Add, Add);
                break;
            case 7:
                Record(key, CallKind.Add, AddByGetOrAdd);
                break;
            case 8:
                Record(key, CallKind.Add, AddOnce);
                break;
            case 9:
                Record(key, CallKind.Update, Update);
                break;
            default:
                Record(key, CallKind.UpdateIf, UpdateIf);
                break;
        }
    }

    private void Remove(int key)
    {
        switch (_random.Next(6))
        {
            case 0:
                Record(key, CallKind.Remove, RemoveByPredicate);
                break;
            case 1:
                Record(key, CallKind.Remove, RemoveByCompute);
                break;
            case 2:
                Record(key, CallKind.RemoveIf, RemoveIf);
                break;
            case 3:
                Record(key, CallKind.Remove, RemoveWhere);
                break;
            default:
                Record(key, CallKind.Remove, RemoveKey);
                break;
        }
    }

    private delegate void Act(TKey key, ref Call call);

    private void Record(int key, CallKind kind, Act act)
    {
        var call = new Call(thread, key, kind) { Argument = ((long)(thread + 1) << 32) | ++_written, Comparand = _lastSeen[key] };
        call.Invoked = execution.Now();
        act(_keys[key], ref call);
        call.Returned = execution.Now();
        if (call.Outcome != 0)
            _lastSeen[key] = call.Outcome;
        Calls.Add(call);
    }

    private void Read(TKey key, ref Call call)
    {
        call.Succeeded = _map.TryGetValue(key, out TValue? value);
        call.Outcome = call.Succeeded ? NumberOf(value!) : 0;
    }

    private void Set(TKey key, ref Call call) => _map[key] = ValueOf(call.Argument);

    private void Exchange(TKey key, ref Call call)
    {
        call.Succeeded = _map.Exchange(key, ValueOf(call.Argument), out TValue? previous);
        call.Outcome = call.Succeeded ? NumberOf(previous!) : 0;
    }

    private void ExchangeByAddOrUpdate(TKey key, ref Call call)
    {
        long previous = 0;
        _map.AddOrUpdate(
            key,
            static (_, value) => value,
            (_, current, value) =>
            {
                previous = NumberOf(current);
                return value;
            },
            ValueOf(call.Argument));
        // The updater may have run in vain before the key was found missing. Then the value it saw was removed, and nobody displaced it.
        call.Kind = CallKind.Set;
        call.Outcome = previous;
    }

    private void ExchangeByCompute(TKey key, ref Call call)
    {
        long previous = _map.Compute(key, ValueOf(call.Argument), (_, ref entry, value) =>
        {
            long displaced = entry.TryGetValue(out TValue? current) ? NumberOf(current) : 0;
            entry.Value = value;
            return displaced;
        });
        call.Succeeded = previous != 0;
        call.Outcome = previous;
    }

    private void Add(TKey key, ref Call call)
    {
        call.Succeeded = _map.TryAdd(key, ValueOf(call.Argument), out TValue? existing);
        call.Outcome = call.Succeeded ? 0 : NumberOf(existing!);
    }

    private void AddByGetOrAdd(TKey key, ref Call call)
    {
        long value = NumberOf(_map.GetOrAdd(key, static (_, value) => value, ValueOf(call.Argument)));
        call.Succeeded = value == call.Argument;
        call.Outcome = call.Succeeded ? 0 : value;
    }

    private void AddOnce(TKey key, ref Call call)
    {
        long value = NumberOf(_map.GetOrAddOnce(key, static (_, value) => value, ValueOf(call.Argument), out bool added));
        call.Succeeded = added;
        call.Outcome = added ? 0 : value;
    }

    private void Update(TKey key, ref Call call)
    {
        long previous = 0;
        call.Succeeded = _map.TryUpdate(
            key,
            (_, current, value) =>
            {
                previous = NumberOf(current);
                return value;
            },
            ValueOf(call.Argument),
            out _);
        call.Outcome = call.Succeeded ? previous : 0;
    }

    private void UpdateIf(TKey key, ref Call call) =>
        call.Succeeded = _map.TryUpdate(key, ValueOf(call.Argument), ValueOf(call.Comparand));

    private void RemoveKey(TKey key, ref Call call)
    {
        call.Succeeded = _map.TryRemove(key, out TValue? value);
        call.Outcome = call.Succeeded ? NumberOf(value!) : 0;
    }

    private void RemoveByPredicate(TKey key, ref Call call)
    {
        call.Succeeded = _map.TryRemove(key, static (_, _) => true, out TValue? value);
        call.Outcome = call.Succeeded ? NumberOf(value!) : 0;
    }

    private void RemoveByCompute(TKey key, ref Call call)
    {
        long removed = _map.Compute(key, this, static (_, ref entry, self) =>
        {
            long value = entry.TryGetValue(out TValue? current) ? self.NumberOf(current) : 0;
            entry.Remove();
            return value;
        });
        call.Succeeded = removed != 0;
        call.Outcome = removed;
    }

    private void RemoveIf(TKey key, ref Call call) =>
        call.Succeeded = _map.TryRemove(KeyValuePair.Create(key, ValueOf(call.Comparand)));

    private void RemoveWhere(TKey key, ref Call call)
    {
        int number = call.Key;
        long removed = 0;
        call.Succeeded = _map.RemoveWhere((candidate, value) =>
        {
            if (contents.NumberOfKey(candidate) != number)
                return false;
            removed = NumberOf(value);
            return true;
        }) != 0;
        call.Outcome = call.Succeeded ? removed : 0;
    }

    private void Fill()
    {
        int filler = FirstFiller * (thread + 1) + Fillers.Count;
        if (!_map.TryAdd(contents.KeyOf(filler), ValueOf(filler)))
            Failure = $"The new key {filler} was refused.";
        Fillers.Add(filler);
    }

    /// <summary>A walk reads every key at some moment between its beginning and its end, whether it finds it or not.</summary>
    private void Walk(int number)
    {
        var found = new Dictionary<int, long>();
        long invoked = execution.Now();
        IEnumerable<KeyValuePair<TKey, TValue>> entries = number % 2 == 0 ? _map.ToArray() : _map;
        foreach (KeyValuePair<TKey, TValue> entry in entries)
        {
            int key = contents.NumberOfKey(entry.Key);
            if (!found.TryAdd(key, NumberOf(entry.Value)))
                Failure = $"A walk came to key {key} twice.";
        }
        long returned = execution.Now();
        for (int key = 0; key < scenario.Keys; key++)
        {
            bool exists = found.TryGetValue(key, out long value);
            Calls.Add(new Call(thread, key, CallKind.Read) { Succeeded = exists, Outcome = value, Invoked = invoked, Returned = returned });
        }
        foreach (int filler in Fillers)
        {
            if (scenario.EmptyEvery == 0 && !found.ContainsKey(filler))
                Failure = $"A walk missed key {filler}, which was there all the time.";
        }
    }

    private void Reshape()
    {
        if (_random.Next(2) == 0)
            _map.TrimExcess();
        else
            _map.EnsureCapacity(_random.Next(200));
    }

    private void Empty()
    {
        long invoked = execution.Now();
        if (_random.Next(3) == 0)
        {
            _map.Clear();
            long cleared = execution.Now();
            for (int key = 0; key < scenario.Keys; key++)
                Calls.Add(new Call(thread, key, CallKind.Clear) { Invoked = invoked, Returned = cleared });
            return;
        }
        KeyValuePair<TKey, TValue>[] drained = _map.Drain();
        long returned = execution.Now();
        var found = new Dictionary<int, long>();
        foreach (KeyValuePair<TKey, TValue> entry in drained)
        {
            int key = contents.NumberOfKey(entry.Key);
            if (!found.TryAdd(key, NumberOf(entry.Value)) && scenario.ReshapeEvery == 0)
                Failure = $"Key {key} was drained twice.";
        }
        for (int key = 0; key < scenario.Keys; key++)
        {
            bool exists = found.TryGetValue(key, out long value);
            Calls.Add(new Call(thread, key, CallKind.Remove) { Succeeded = exists, Outcome = value, Invoked = invoked, Returned = returned });
        }
    }

    private static bool IsTime(int number, int every) => every != 0 && number % every == 0;

    private TValue ValueOf(long number) => contents.ValueOf(number);

    private long NumberOf(TValue value) => contents.NumberOfValue(value);
}
