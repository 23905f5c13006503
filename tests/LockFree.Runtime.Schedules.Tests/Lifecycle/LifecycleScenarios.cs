using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class LifecycleScenarios
{
    public static async Task AStopMeetsReadiness()
    {
        var lifecycle = new Lifecycle();
        var saidReady = false;
        lifecycle.TryStart(context =>
        {
            saidReady = context.NotifyReady();
            return lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping);
        });
        Task ready = lifecycle.Ready;

        StopReason reason = await lifecycle.StopAsync(Timeout.InfiniteTimeSpan);

        Specification.Assert(reason == StopReason.Cancelled, $"The run is over because of {reason}.");
        Specification.Assert(ready.IsCompletedSuccessfully == saidReady, $"Ready is {ready.Status}, NotifyReady said {saidReady}.");
    }

    public static async Task AStopMeetsAStart()
    {
        var lifecycle = new Lifecycle();
        var wasCalled = false;
        Task<bool> start = Task.Run(() => lifecycle.TryStart(_ =>
        {
            wasCalled = true;
            return lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping);
        }));

        StopReason overtaking = await lifecycle.StopAsync(Timeout.InfiniteTimeSpan);
        bool hasStarted = await start;
        StopReason last = await lifecycle.StopAsync(Timeout.InfiniteTimeSpan);

        Specification.Assert(hasStarted && wasCalled, "The worker was never called.");
        Specification.Assert(overtaking is StopReason.NeverStarted or StopReason.Cancelled, $"The first stop said {overtaking}.");
        Specification.Assert(last == StopReason.Cancelled, $"The last stop said {last}.");
        Specification.Assert(lifecycle.Status == LifecycleStatus.Stopped, $"The status is {lifecycle.Status}.");
    }

    public static async Task TwoStopsMeetTheEndOfTheWorker()
    {
        var lifecycle = new Lifecycle();
        lifecycle.TryStart(_ => Task.CompletedTask);
        Task<StopReason> completion = lifecycle.Completion;

        StopReason[] reasons = await Task.WhenAll(
            new[] { Task.Run(() => lifecycle.StopAsync(Timeout.InfiniteTimeSpan)), lifecycle.StopAsync(Timeout.InfiniteTimeSpan) });

        StopReason told = await completion;
        Specification.Assert(reasons[0] == told && reasons[1] == told, $"The stops said {reasons[0]} and {reasons[1]}, the run {told}.");
    }

    public static async Task TwoRequestsToStop()
    {
        var lifecycle = new Lifecycle();
        var token = CancellationToken.None;
        var isWorking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifecycle.TryStart(context =>
        {
            token = context.Stopping;
            isWorking.SetResult();
            return mayEnd.Task;
        });
        await isWorking.Task;

        await Task.WhenAll(new[] { Task.Run(Request), Task.Run(Request) });
        mayEnd.SetResult();
        await lifecycle.Completion;

        void Request()
        {
            lifecycle.RequestStop();
            Specification.Assert(token.IsCancellationRequested, "A request has returned, and the token is not cancelled.");
        }
    }

    public static async Task ARestartFollowsTheNewsOfTheEnd()
    {
        var lifecycle = new Lifecycle();
        lifecycle.TryStart(_ => throw new InvalidDataException());

        StopReason reason = await lifecycle.Completion;

        Specification.Assert(reason == StopReason.Faulted, $"The run is over because of {reason}.");
        Specification.Assert(lifecycle.Fault is InvalidDataException, "Whoever hears of the end does not find the fault.");
        Specification.Assert(lifecycle.TryStart(_ => Task.CompletedTask), "Whoever hears of the end cannot start again.");
        await lifecycle.Completion;
        Specification.Assert(lifecycle.Fault is null, "The second run has the fault of the first.");
    }

    public static async Task AGracePeriodRunsOutAsTheWorkerEnds()
    {
        var time = new ManualTime();
        var lifecycle = new Lifecycle(time);
        lifecycle.TryStart(async _ =>
        {
            await lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping);
            throw new InvalidDataException();
        });
        Task<StopReason> stop = lifecycle.StopAsync(TimeSpan.FromSeconds(1));

        time.RunOut();

        StopReason told = await stop;
        Specification.Assert(told is StopReason.Faulted or StopReason.Abandoned, $"The stop said {told}.");
        Specification.Assert(
            (lifecycle.Status == LifecycleStatus.Faulted) == (told == StopReason.Faulted), $"The stop said {told}, and the status is {lifecycle.Status}.");
        StopReason kept = await lifecycle.StopAsync(Timeout.InfiniteTimeSpan);
        Specification.Assert(kept == told, $"The stop said {told}, and later {kept}.");
    }

    public static async Task AnAbandonedWorkerMeetsTheNextRun()
    {
        var time = new ManualTime();
        var lifecycle = new Lifecycle(time);
        var isWorking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifecycle.TryStart(async _ =>
        {
            isWorking.SetResult();
            await goesOn.Task;
            throw new InvalidDataException();
        });
        await isWorking.Task;
        Task<StopReason> stop = lifecycle.StopAsync(TimeSpan.FromSeconds(1));
        time.RunOut();
        Specification.Assert(await stop == StopReason.Abandoned, "The worker has not been abandoned.");

        goesOn.SetResult();
        bool isStarted = lifecycle.TryStart(_ => Task.CompletedTask);
        StopReason reason = await lifecycle.Completion;

        Specification.Assert(isStarted, "The next run was refused.");
        Specification.Assert(reason == StopReason.Finished, $"The next run is over because of {reason}.");
    }

    public static async Task AWaiterMeetsAStatusThatIsSoonOver()
    {
        var lifecycle = new Lifecycle();
        Task running = lifecycle.WaitForStatusAsync(LifecycleStatus.Running);
        lifecycle.TryStart(context =>
        {
            context.NotifyReady();
            return Task.CompletedTask;
        });

        await running;
        await lifecycle.WaitForStatusAsync(LifecycleStatus.Stopped);
    }

    public static async Task ADisposalMeetsAStart()
    {
        var lifecycle = new Lifecycle();
        var hasEnded = false;
        Task<bool> start = Task.Run(() =>
        {
            try
            {
                return lifecycle.TryStart(async _ =>
                {
                    await lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping);
                    hasEnded = true;
                });
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        });

        await lifecycle.DisposeAsync();
        bool hadEnded = hasEnded;

        Specification.Assert(await start == hadEnded, $"The start said {start.Result}; when the disposal was done, the worker had ended: {hadEnded}.");
    }
}
