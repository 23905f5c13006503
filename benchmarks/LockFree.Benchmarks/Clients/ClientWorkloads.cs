using System.Collections.Concurrent;
using BitFaster.Caching.Atomic;
using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Comparing;
using Microsoft.Extensions.DependencyInjection;
using DotNextLazy = DotNext.Threading.AsyncLazy<object>;
using VisualStudioLazy = Microsoft.VisualStudio.Threading.AsyncLazy<object>;

namespace LockFree.Benchmarks.Clients;

/// <summary>What it costs to get at a client, or at a value of a map, that has been made already.</summary>
internal static class ClientWorkloads
{
    private const string VolatileField = "volatile field";
    private const string Service = "GetRequiredService";
    private const string KeyedService = "keyed service";
    private const string MapAndCast = "CD of (key, Type)";
    private const string TryGetValue = "TryGetValue";
    private const string Once = "GetAsync";
    private const string LazyTask = "Lazy<Task>";
    private const string DotNext = "DotNext AsyncLazy";
    private const string VisualStudio = "VS AsyncLazy";
    private const int Entries = 1_000;

    // "At most three times a TryGetValue", as a ratio of its cost to ours.
    private const double ThirdOfTheSpeed = 1 / 3.0;

    public static IEnumerable<Workload> All()
    {
        var hub = new ClientHub();
        ClientKey key = ClientKey.Global(BenchmarkClients.OrdersName);
        var orders = new Orders();
        hub.Register<IOrders>(key, orders);
        var accessor = new AccessorCalls.Generated(new BenchmarkClients(hub));
        yield return new Workload(
            new Subject("client accessor"),
            "ns",
            () => [Call.Timed("accessor", accessor), .. OtherWays(key, orders)],
            Target.AtMost(1.5, null),
            Target.Times(VolatileField, null, 1),
            Target.Times(Service, 8, null),
            Target.Times(KeyedService, 15, null),
            Target.Times(MapAndCast, 30, null));
        yield return Free("client accessor", () => [Call.Allocating("accessor", accessor)]);

        string[] keys = [.. Enumerable.Range(0, Entries).Select(static number => $"user:{number}")];
        var map = new ShardedMap<string, object>(keys.Select(static key => KeyValuePair.Create(key, new object())));
        var lookup = new SingleFlightCalls.MapTryGetValue(map, keys);
        var mapHit = new SingleFlightCalls.MapGetOrAddAsync(map, keys);
        yield return new Workload(
            new Subject("GetOrAddAsync hit", "string-object", Entries),
            "ns",
            () =>
            [
                Call.Timed("GetOrAddAsync", mapHit),
                Call.Timed(TryGetValue, lookup),
                Call.Timed("BitFaster in CD", new SingleFlightCalls.AtomicFactories(AtomicFactories(keys), keys)),
                Call.Timed("Lazy<Task> in CD", new SingleFlightCalls.LazyTasks(LazyTasks(keys), keys)),
            ],
            Target.Times(TryGetValue, ThirdOfTheSpeed, null));
        yield return Free("GetOrAddAsync hit", () => [Call.Allocating("GetOrAddAsync", mapHit)]);

        ClientSlot<IOrders> slot = hub.Slot<IOrders>(key);
        var slotHit = new SingleFlightCalls.SlotGetOrInitAsync(slot);
        yield return new Workload(
            new Subject("ClientSlot.GetOrInitAsync hit"),
            "ns",
            () =>
            [
                Call.Timed("GetOrInitAsync", slotHit),
                Call.Timed(TryGetValue, lookup),
                Call.Timed("slot.TryGet", new SingleFlightCalls.SlotTryGet(slot)),
            ],
            Target.Times(TryGetValue, ThirdOfTheSpeed, null));
        yield return Free("ClientSlot.GetOrInitAsync hit", () => [Call.Allocating("GetOrInitAsync", slotHit)]);

        var once = new AsyncOnce<object>();
        once.TrySet(new object());
        var onceHit = new LazyCalls.OnceGetAsync(once);
        Task<object> made = Task.FromResult(new object());
        var dotNext = new LazyCalls.DotNext(MadeBefore(new DotNextLazy(_ => made)));
        var visualStudio = new LazyCalls.VisualStudio(MadeBefore(new VisualStudioLazy(() => made, joinableTaskFactory: null)));
        yield return new Workload(
            new Subject("AsyncOnce.GetAsync hit"),
            "ns",
            () =>
            [
                Call.Timed(Once, onceHit),
                Call.Timed(TryGetValue, lookup),
                Call.Timed(LazyTask, new LazyCalls.LazyTask(new Lazy<Task<object>>(made))),
                Call.Timed(DotNext, dotNext),
                Call.Timed(VisualStudio, visualStudio),
                Call.Timed("once.TryGet", new LazyCalls.OnceTryGet(once)),
            ],
            Target.Times(TryGetValue, ThirdOfTheSpeed, null),
            Target.Times(VisualStudio, 2, null));
        yield return Free(
            "AsyncOnce.GetAsync hit",
            () =>
            [
                Call.Allocating(Once, onceHit),
                Call.Allocating(DotNext, dotNext),
                Call.Allocating(VisualStudio, visualStudio),
            ]);
    }

    private static DotNextLazy MadeBefore(DotNextLazy lazy)
    {
        lazy.WithCancellation(CancellationToken.None).Wait();
        return lazy;
    }

    private static VisualStudioLazy MadeBefore(VisualStudioLazy lazy)
    {
        lazy.GetValue();
        return lazy;
    }

    private static Workload Free(string operation, Func<IReadOnlyList<Contender>> contenders) =>
        new(new Subject($"bytes per {operation}"), "B", contenders, Target.AtMost(0, 0)) { Rounds = Rounds.One };

    private static IEnumerable<Contender> OtherWays(ClientKey key, IOrders orders)
    {
        ServiceProvider services = new ServiceCollection()
            .AddSingleton(orders)
            .AddKeyedSingleton(BenchmarkClients.OrdersName, orders)
            .BuildServiceProvider();
        var map = new ConcurrentDictionary<(ClientKey, Type), object> { [(key, typeof(IOrders))] = orders };
        return
        [
            Call.Timed(VolatileField, new AccessorCalls.VolatileField(new AccessorCalls.Holder(orders))),
            Call.Timed(Service, new AccessorCalls.RequiredService(services)),
            Call.Timed(KeyedService, new AccessorCalls.KeyedService(services)),
            Call.Timed(MapAndCast, new AccessorCalls.MapAndCast(map, key)),
        ];
    }

    private static ConcurrentDictionary<string, AsyncAtomicFactory<string, object>> AtomicFactories(string[] keys)
    {
        var map = new ConcurrentDictionary<string, AsyncAtomicFactory<string, object>>();
        foreach (string key in keys)
            map.GetOrAddAsync(key, static _ => Task.FromResult(new object())).AsTask().Wait();
        return map;
    }

    private static ConcurrentDictionary<string, Lazy<Task<object>>> LazyTasks(string[] keys) =>
        new(keys.Select(static key => KeyValuePair.Create(key, new Lazy<Task<object>>(Task.FromResult(new object())))));
}
