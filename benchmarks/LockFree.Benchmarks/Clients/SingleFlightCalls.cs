using System.Collections.Concurrent;
using BitFaster.Caching.Atomic;
using LockFree.Benchmarks.Calls;

namespace LockFree.Benchmarks.Clients;

/// <summary>The ways to get what is made once, when it has been made already. Each makes sure that it need not wait.</summary>
internal static class SingleFlightCalls
{
    internal readonly struct MapGetOrAddAsync(ShardedMap<string, object> map, string[] keys) : ICall
    {
        public int Invoke(int index) =>
            map.GetOrAddAsync(keys[index % keys.Length], static (_, _) => throw Unexpected()).IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    internal readonly struct MapTryGetValue(ShardedMap<string, object> map, string[] keys) : ICall
    {
        public int Invoke(int index) => map.TryGetValue(keys[index % keys.Length], out _) ? 1 : throw Unexpected();
    }

    /// <summary>BitFaster.Caching's single flight in a concurrent dictionary.</summary>
    internal readonly struct AtomicFactories(ConcurrentDictionary<string, AsyncAtomicFactory<string, object>> map, string[] keys) : ICall
    {
        public int Invoke(int index) =>
            map.GetOrAddAsync(keys[index % keys.Length], static _ => throw Unexpected()).IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    /// <summary>What people write by hand.</summary>
    internal readonly struct LazyTasks(ConcurrentDictionary<string, Lazy<Task<object>>> map, string[] keys) : ICall
    {
        public int Invoke(int index) =>
            map.GetOrAdd(keys[index % keys.Length], static _ => throw Unexpected()).Value.IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    internal readonly struct SlotGetOrInitAsync(ClientSlot<IOrders> slot) : ICall
    {
        public int Invoke(int index) => slot.GetOrInitAsync(static (_, _) => throw Unexpected()).IsCompletedSuccessfully ? 1 : throw Unexpected();
    }

    internal readonly struct SlotTryGet(ClientSlot<IOrders> slot) : ICall
    {
        public int Invoke(int index) => slot.TryGet(out _) ? 1 : throw Unexpected();
    }

    private static InvalidOperationException Unexpected() => new("It was there, and should have been found.");
}
