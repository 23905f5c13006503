using LockFree.Benchmarks.Comparing;

namespace LockFree.Benchmarks.Lifecycles;

/// <summary>What it costs to start a worker, wait until it says it is ready, stop it, and wait for its end.</summary>
internal static class LifecycleWorkloads
{
    public static IEnumerable<Workload> All()
    {
        yield return new Workload(
            new Subject("start and stop"),
            "ns",
            () =>
            [
                new Contender("Lifecycle", new StartStopBench(StartStopCalls.LifecycleAsync).Time),
                new Contender("BackgroundService", new StartStopBench(StartStopCalls.BackgroundServiceAsync).Time),
                new Contender("Task and token source", new StartStopBench(StartStopCalls.TaskAsync).Time),
            ]);
    }
}
