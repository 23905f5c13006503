using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>What reading a cell costs.</summary>
internal static class CellWorkloads
{
    private const string Volatile = "volatile field";

    public static IEnumerable<Workload> All() =>
    [
        new Workload(
            new Subject("SwapCell.Load"),
            "ns",
            Readers,
            Target.Times(Volatile, 1 / 1.2, 1),
            Target.Times(MapNames.ReaderWriterLocked, 15, null)),
    ];

    private static IReadOnlyList<Contender> Readers()
    {
        var settings = new Settings();
        return
        [
            Call.Timed("SwapCell", new CellRead(new SwapCell<Settings>(settings))),
            Call.Timed(Volatile, new VolatileRead(new VolatileRead.Holder(settings))),
            Call.Timed(MapNames.Locked, new LockedRead<MutualExclusion>(MutualExclusion.Create(), [settings])),
            Call.Timed(MapNames.ReaderWriterLocked, new LockedRead<ReadersOrWriter>(ReadersOrWriter.Create(), [settings])),
        ];
    }
}
