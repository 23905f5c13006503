using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Collections;

/// <summary>One map for all rounds, so that whatever accumulates shows.</summary>
public class ShardedMapLongLifeSoakTests
{
    private const int Threads = 4;
    private const int KeysPerThread = 1_000_000;

    private readonly ShardedMap<WideKey, WideValue> _map = [];
    private readonly ShardedMap<int, long> _counters = new(new ConstantHashComparer<int>());
    private long _increments;

    [Fact]
    public async Task A_map_that_lives_long_loses_nothing_and_counts_right()
    {
        int tornBefore = TornKeys.Count;
        var models = new Dictionary<long, long>[Threads];
        for (int thread = 0; thread < Threads; thread++)
            models[thread] = [];

        var soak = new Soak(rounds: 3);
        while (soak.GoesOn())
        {
            int seed = soak.Seed;
            await Task.WhenAll(models.Select((model, thread) =>
                Task.Factory.StartNew(() => Use(thread, model, new Random(seed + thread)), TaskCreationOptions.LongRunning)));

            Assert.Equal(models.Sum(model => model.Count), _map.Count);
            Assert.Equal(
                models.SelectMany(model => model).OrderBy(entry => entry.Key),
                _map.Select(entry => KeyValuePair.Create(entry.Key.Number, entry.Value.First)).OrderBy(entry => entry.Key));
            Assert.Equal(_increments, _counters.Values.Sum());
            Assert.Equal(tornBefore, TornKeys.Count);
        }
    }

    /// <summary>Changes keys that no other thread does, and knows what must come of it; and counters that all do.</summary>
    private void Use(int thread, Dictionary<long, long> model, Random random)
    {
        for (int call = 1; call <= 20_000; call++)
        {
            long number = ((long)thread * KeysPerThread) + random.Next(3_000);
            ChangeOne(model, number, call, random.Next(6));
            _counters.AddOrUpdate(random.Next(10), 1, static (_, count) => count + 1);
            Interlocked.Increment(ref _increments);
            if (call % 2_000 == 0)
                ConcernAll(thread, model, random.Next(4));
        }
    }

    private void ChangeOne(Dictionary<long, long> model, long number, long value, int choice)
    {
        var key = new WideKey(number);
        bool exists = model.TryGetValue(number, out long expected);
        switch (choice)
        {
            case 0:
                _map[key] = new WideValue(value);
                model[number] = value;
                break;
            case 1:
                Assert.Equal(!exists, _map.TryAdd(key, new WideValue(value)));
                model.TryAdd(number, value);
                break;
            case 2:
                Assert.Equal(exists, _map.TryUpdate(key, new WideValue(value), new WideValue(expected)));
                if (exists)
                    model[number] = value;
                break;
            case 3:
            case 4:
                Assert.Equal((exists, exists ? new WideValue(expected) : default), (_map.TryRemove(key, out WideValue removed), removed));
                model.Remove(number);
                break;
            default:
                Assert.Equal((exists, exists ? new WideValue(expected) : default), (_map.TryGetValue(key, out WideValue found), found));
                break;
        }
    }

    private void ConcernAll(int thread, Dictionary<long, long> model, int choice)
    {
        switch (choice)
        {
            case 0:
                _map.TrimExcess();
                break;
            case 1:
                _map.EnsureCapacity(50_000);
                break;
            default:
                // Nobody else writes this thread's keys: a walk has to meet exactly those there are.
                Assert.Equal(
                    model.OrderBy(entry => entry.Key),
                    (choice == 2 ? _map : _map.ToArray().AsEnumerable())
                        .Where(entry => entry.Key.Number / KeysPerThread == thread)
                        .Select(entry => KeyValuePair.Create(entry.Key.Number, entry.Value.First))
                        .OrderBy(entry => entry.Key));
                break;
        }
    }
}
