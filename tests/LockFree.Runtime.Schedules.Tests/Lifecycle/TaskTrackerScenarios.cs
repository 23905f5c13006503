using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class TaskTrackerScenarios
{
    public static async Task ACloseMeetsARun()
    {
        var tracker = new TaskTracker();
        var hasEnded = 0;
        Task<bool> run = Task.Run(() => tracker.TryRun(async _ =>
        {
            await Task.Yield();
            Volatile.Write(ref hasEnded, 1);
        }));

        tracker.Close();
        await tracker.WaitAsync();
        bool hadEnded = Volatile.Read(ref hasEnded) == 1;

        Specification.Assert(await run == hadEnded, $"TryRun said {run.Result}; when the wait was over, the task had ended: {hadEnded}.");
        Specification.Assert(tracker.Count == 0, $"{tracker.Count} are left.");
    }

    public static async Task ACloseMeetsTheLastEnd()
    {
        var tracker = new TaskTracker();
        tracker.TryRun(_ => Task.CompletedTask);

        tracker.Close();

        await tracker.WaitAsync();
        Specification.Assert(tracker.Count == 0, $"{tracker.Count} are left.");
    }

    public static async Task TwoFaultsMeet()
    {
        var tracker = new TaskTracker { CancelOnFault = true };
        tracker.TryRun(_ => throw new InvalidDataException());
        tracker.TryRun(_ => throw new InvalidTimeZoneException());
        Exception? first = tracker.FirstFault;
        tracker.Close();

        await tracker.WaitAsync();

        Exception? kept = tracker.FirstFault;
        Specification.Assert(kept is not null, "Whoever sees the tracker drained does not see the fault.");
        Specification.Assert(first is null || ReferenceEquals(first, kept), "The first fault has been replaced.");
        Specification.Assert(tracker.CancellationToken.IsCancellationRequested, "The fault has cancelled nothing.");
    }

    public static async Task ATaskStartsAnotherAsTheTrackerIsClosed()
    {
        var tracker = new TaskTracker();
        var running = 0;
        tracker.TryRun(async _ =>
        {
            tracker.TryRun(async _ =>
            {
                Interlocked.Increment(ref running);
                await Task.Yield();
                Interlocked.Decrement(ref running);
            });
            await Task.Yield();
        });

        tracker.Close();
        await tracker.WaitAsync();

        Specification.Assert(Volatile.Read(ref running) == 0, "The wait is over, and a task still runs.");
    }
}
