using BitFaster.Caching;
using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>What reading, replacing and leasing the value of a cell costs.</summary>
internal static class CellWorkloads
{
    private const string Volatile = "volatile field";
    private const string Cell = "SwapCell";
    private const string Leased = "LeasedCell";
    private const string Scoped = "BitFaster Scoped";
    private const string Exchange = "Interlocked.Exchange";
    private const string Immutable = "ImmutableInterlocked";
    private const string DotNext = "DotNext Atomic";

    public static IEnumerable<Workload> All() =>
    [
        new Workload(
            new Subject("SwapCell.Load"),
            "ns",
            Readers,
            Target.Times(Volatile, 1 / 1.2, 1),
            Target.Times(MapNames.ReaderWriterLocked, 15, null)),
        new Workload(
            new Subject("SwapCell.Store"),
            "ns",
            Writers,
            Target.Times(Exchange, 1 / 1.3, 1),
            Target.Times(MapNames.Locked, 1.2, null),
            Target.Times(MapNames.ReaderWriterLocked, 1.5, null)),
        new Workload(
            new Subject("SwapCell.Update"),
            "ns",
            Updaters,
            Target.Times(Immutable, 1 / 1.2, 1),
            Target.Times(DotNext, 1 / 1.2, 1),
            Target.Times(MapNames.Locked, 1.1, null)),
        Leasing(threads: 1),
        Leasing(threads: 2),
        new Workload(
            new Subject("bytes per LeasedCell.Acquire"),
            "B",
            static () => [Call.Allocating(Leased, Lease()), Call.Allocating(Scoped, Scope())],
            Target.AtMost(0, 0)) { Rounds = Rounds.One },
    ];

    private static IReadOnlyList<Contender> Readers()
    {
        var settings = new Settings();
        return
        [
            Call.Timed(Cell, new CellRead(new SwapCell<Settings>(settings))),
            Call.Timed(Volatile, new VolatileRead(new VolatileRead.Holder(settings))),
            Call.Timed(MapNames.Locked, new LockedRead<MutualExclusion>(MutualExclusion.Create(), [settings])),
            Call.Timed(MapNames.ReaderWriterLocked, new LockedRead<ReadersOrWriter>(ReadersOrWriter.Create(), [settings])),
        ];
    }

    private static IReadOnlyList<Contender> Writers()
    {
        Settings[] stored = [new(), new()];
        return
        [
            Call.Timed(Cell, new StoreCalls.Cell(new SwapCell<Settings>(new Settings()), stored)),
            Call.Timed(Exchange, new StoreCalls.InterlockedExchange([new Settings()], stored)),
            Call.Timed(MapNames.Locked, new StoreCalls.Locked<MutualExclusion>(MutualExclusion.Create(), [new Settings()], stored)),
            Call.Timed(MapNames.ReaderWriterLocked, new StoreCalls.Locked<ReadersOrWriter>(ReadersOrWriter.Create(), [new Settings()], stored)),
        ];
    }

    private static IReadOnlyList<Contender> Updaters() =>
    [
        Call.Timed(Cell, new UpdateCalls.Cell(new SwapCell<Settings>(new Settings()))),
        Call.Timed(Immutable, new UpdateCalls.Immutable([new Settings()])),
        Call.Timed(DotNext, new UpdateCalls.DotNextAtomic([new Settings()])),
        Call.Timed(MapNames.Locked, new UpdateCalls.Locked<MutualExclusion>(MutualExclusion.Create(), [new Settings()])),
        Call.Timed(MapNames.ReaderWriterLocked, new UpdateCalls.Locked<ReadersOrWriter>(ReadersOrWriter.Create(), [new Settings()])),
    ];

    private static Workload Leasing(int threads) => new(
        new Subject("LeasedCell.Acquire", Threads: threads),
        "ns",
        () =>
        [
            Call.TimedOn(threads, Leased, Lease()),
            Call.TimedOn(threads, Scoped, Scope()),
            Call.TimedOn(threads, MapNames.Locked, new LeaseCalls.Locked<MutualExclusion>(MutualExclusion.Create(), [new Connection()])),
            Call.TimedOn(threads, MapNames.ReaderWriterLocked, new LeaseCalls.Locked<ReadersOrWriter>(ReadersOrWriter.Create(), [new Connection()])),
        ],
        Target.Times(Scoped, 1.3, null));

    private static LeaseCalls.Cell Lease()
    {
        // The first lease of a thread makes the token that the later ones use again.
        var cell = new LeasedCell<Connection>(new Connection());
        cell.Acquire().Dispose();
        return new LeaseCalls.Cell(cell);
    }

    private static LeaseCalls.Scope Scope() => new(new Scoped<Connection>(new Connection()));
}
