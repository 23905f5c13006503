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
}
