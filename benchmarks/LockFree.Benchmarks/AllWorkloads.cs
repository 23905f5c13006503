using LockFree.Benchmarks.Cells;
using LockFree.Benchmarks.Clients;
using LockFree.Benchmarks.Comparing;
using LockFree.Benchmarks.Lifecycles;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks;

/// <summary>The rows of the report, in their order.</summary>
internal static class AllWorkloads
{
    public static IEnumerable<Workload> Of(bool isQuick)
    {
        // Each part is forgotten when it has been gone through: its maps must not be alive when what the next does to the collector is measured.
        Func<IEnumerable<Workload>>[] parts =
        [
            () => OneThreadWorkloads.All(isQuick),
            () => ThreadWorkloads.All(isQuick),
            () => MemoryWorkloads.All(isQuick),
            CellWorkloads.All,
            ClientWorkloads.All,
            LifecycleWorkloads.All,
        ];
        foreach (Func<IEnumerable<Workload>> part in parts)
        {
            foreach (Workload workload in part())
                yield return workload;
        }
    }
}
