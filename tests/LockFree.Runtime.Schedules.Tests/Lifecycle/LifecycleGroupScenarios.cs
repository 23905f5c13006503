using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

internal static class LifecycleGroupScenarios
{
    public static async Task AStopMeetsTheStart()
    {
        var group = new LifecycleGroup();
        var running = 0;
        Lifecycle first = AddMember(group, "first", () => Interlocked.Increment(ref running), () => Interlocked.Decrement(ref running));
        Lifecycle second = AddMember(group, "second", () => Interlocked.Increment(ref running), () => Interlocked.Decrement(ref running));
        Task start = Task.Run(() => group.StartAsync());

        IReadOnlyList<LifecycleOutcome> outcomes = await group.StopAsync();
        if (outcomes.Count > 0)
        {
            Specification.Assert(Volatile.Read(ref running) == 0, "The stop is over, and a member has not been stopped.");
            Specification.Assert(outcomes[^1].Name == "first", "The first member was not the last to be stopped.");
        }

        await EndOf(start);
        await group.StopAsync();
        Specification.Assert(Volatile.Read(ref running) == 0, "The second stop is over, and a member has not been stopped.");
        Specification.Assert(
            first.Status == LifecycleStatus.Stopped && second.Status == LifecycleStatus.Stopped, "A member has not been stopped.");
    }

    public static async Task AMemberFailsAsTheGroupIsStopped()
    {
        var group = new LifecycleGroup();
        Lifecycle first = AddMember(group, "first", static () => { }, static () => { });
        group.Add("failing", _ => throw new InvalidDataException());
        Task start = Task.Run(() => group.StartAsync());

        group.RequestStop();
        await EndOf(start);
        StopReason reason = await group.Completion;

        Specification.Assert(reason is StopReason.Faulted or StopReason.Cancelled, $"The group is over because of {reason}.");
        Specification.Assert(first.Status == LifecycleStatus.Stopped, $"The first member is {first.Status}.");
    }

    public static async Task AMemberStopsItsGroup()
    {
        var group = new LifecycleGroup();
        group.Add("selfStopping", async context =>
        {
            context.NotifyReady();
            try
            {
                await group.StopAsync();
            }
            catch (InvalidOperationException)
            {
                return;
            }
            Specification.Assert(false, "A worker has waited for its own end.");
        });

        await EndOf(group.StartAsync());

        StopReason reason = await group.Completion;
        Specification.Assert(reason == StopReason.Cancelled, $"The group is over because of {reason}.");
    }

    private static Lifecycle AddMember(LifecycleGroup group, string name, Action starts, Action ends)
    {
        Lifecycle? member = null;
        return member = group.Add(name, async context =>
        {
            starts();
            context.NotifyReady();
            await member!.WaitForStatusAsync(LifecycleStatus.Stopping);
            ends();
        });
    }

    // A start that a stop overtakes is cancelled; what it ends with is not the scenario's concern.
    private static async Task EndOf(Task start)
    {
        try
        {
            await start;
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidDataException)
        {
        }
    }
}
