using LockFree.Benchmarks.Cells;
using LockFree.Benchmarks.Clients;
using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks;

/// <summary>The rows of the report, in their order.</summary>
internal static class AllWorkloads
{
    /// <summary>Made one after the other, so that the maps of one are garbage when the next is measured.</summary>
    public static IEnumerable<Workload> Of(bool isQuick) => OneThreadWorkloads.All(isQuick)
        .Concat(ThreadWorkloads.All(isQuick))
        .Concat(MemoryWorkloads.All(isQuick))
        .Concat(CellWorkloads.All())
        .Concat(ClientWorkloads.All());
}
