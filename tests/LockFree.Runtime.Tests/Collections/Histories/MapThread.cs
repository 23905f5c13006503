namespace LockFree.Tests.Collections.Histories;

/// <summary>One thread's part of a round: makes calls through the members of the map and records what it saw.</summary>
internal sealed class MapThread<TKey, TValue>(int thread, Scenario scenario, Contents<TKey, TValue> contents, IExecution execution)
    where TKey : notnull
{
    private const int FirstFiller = 100_000;

    private readonly TKey[] _keys = [.. Enumerable.Range(0, scenario.Keys).Select(contents.KeyOf)];
    private readonly long[] _lastSeen = new long[scenario.Keys];
    private readonly MapCalls<TKey, TValue> _calls = new(contents);
    private readonly (CallKind, MapCalls<TKey, TValue>.Act)[] _reads = MembersOf(contents, MapCalls<TKey, TValue>.Reads, AlternateCalls<TKey, TValue>.Reads);
    private readonly (CallKind, MapCalls<TKey, TValue>.Act)[] _writes = MembersOf(
        contents,
        [.. MapCalls<TKey, TValue>.Writes, .. scenario.IsAsync ? AsyncCalls<TKey, TValue>.Writes : []],
        AlternateCalls<TKey, TValue>.Writes);
    private readonly (CallKind, MapCalls<TKey, TValue>.Act)[] _removals =
        MembersOf(contents, MapCalls<TKey, TValue>.Removals, AlternateCalls<TKey, TValue>.Removals);
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
        _calls.Map = map;
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
        if (thread == scenario.Threads - 1 && IsTime(number, scenario.EmptyEvery))
            Empty();

        (int reads, int writes, int removals) = scenario.Mix;
        int choice = _random.Next(reads + writes + removals);
        int key = _random.Next(scenario.Keys);
        if (choice < reads)
            Record(key, _reads);
        else if (choice < reads + writes)
            Record(key, _writes);
        else
            Record(key, _removals);
    }

    private void Record(int key, (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] members)
    {
        (CallKind kind, MapCalls<TKey, TValue>.Act act) = members[_random.Next(members.Length)];
        long argument = contents.HasOneValue ? 1 : ((long)(thread + 1) << 32) | ++_written;
        var call = new Call(thread, key, kind) { Argument = argument, Comparand = contents.HasOneValue ? 1 : _lastSeen[key] };
        call.Invoked = execution.Now();
        act(_calls, _keys[key], ref call);
        call.Returned = execution.Now();
        if (call.Outcome != 0)
            _lastSeen[key] = call.Outcome;
        Calls.Add(call);
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
        ILookup<int, long> found = drained.ToLookup(entry => contents.NumberOfKey(entry.Key), entry => NumberOf(entry.Value));
        for (int key = 0; key < scenario.Keys; key++)
        {
            long[] values = [.. found[key].DefaultIfEmpty()];
            if (values.Length > 1 && scenario.ReshapeEvery == 0)
                Failure = $"Key {key} was drained twice.";
            // A key that is added again after it was drained may have come into a bucket that is still to be drained, if the table shrinks: a removal
            // of its own, at the same time as the first, as if by another thread.
            for (int turn = 0; turn < values.Length; turn++)
            {
                Calls.Add(new Call(turn == 0 ? thread : scenario.Threads + turn, key, CallKind.Remove)
                {
                    Succeeded = values[turn] != 0,
                    Outcome = values[turn],
                    Invoked = invoked,
                    Returned = returned,
                });
            }
        }
    }

    private static bool IsTime(int number, int every) => every != 0 && number % every == 0;

    /// <summary>The members that can be called on maps of these contents, and whose outcome tells something there.</summary>
    private static (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] MembersOf(
        Contents<TKey, TValue> contents, (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] ofMap, (CallKind Kind, MapCalls<TKey, TValue>.Act Act)[] ofLookup)
    {
        if (contents.Comparer is IAlternateEqualityComparer<int, TKey>)
            return [.. ofMap, .. ofLookup];
        return contents.HasOneValue ? [.. ofMap.Where(member => member.Kind is not (CallKind.Read or CallKind.Add))] : ofMap;
    }

    private TValue ValueOf(long number) => contents.ValueOf(number);

    private long NumberOf(TValue value) => contents.NumberOfValue(value);
}
