using Microsoft.Coyote.Rewriting;
using Microsoft.Coyote.Specifications;

namespace LockFree.Schedules;

/// <summary>What is explored is what is meant to be. Otherwise all the other tests would prove nothing.</summary>
public sealed class RewrittenWorldTests
{
    [Fact]
    public void TheRuntimeAndTheScenarios_AreRewritten_AndTheOrdinaryOnesAreNot()
    {
        Func<Task> scenario = RewrittenWorld.Faultless.Find(UsesTheRuntime);

        Assert.True(RewritingEngine.IsAssemblyRewritten(RewrittenWorld.Faultless.Runtime));
        Assert.True(RewritingEngine.IsAssemblyRewritten(scenario.Method.Module.Assembly));
        Assert.False(RewritingEngine.IsAssemblyRewritten(typeof(Lifecycle).Assembly));
        Assert.False(RewritingEngine.IsAssemblyRewritten(typeof(RewrittenWorldTests).Assembly));
    }

    [Fact]
    public void AScenario_HoldsInEverySchedule_AndASeededBugIsFoundWithItsMessage()
    {
        Exploration.AssertHolds(UsesTheRuntime);
        Exploration.AssertFinds(
            UsesTheRuntime,
            new SeededBug("Lifecycle/Lifecycle.cs", "if (state.IsActive)\n                return null;", ""),
            "started twice");
    }

    [Fact]
    public void ASeededBugThatTheSourceHasNoPlaceFor_IsRefused()
    {
        var bug = new SeededBug("Lifecycle/Lifecycle.cs", "there is no such code", "");
        Assert.Throws<InvalidOperationException>(() => RewrittenWorld.With(bug));
    }

    internal static async Task UsesTheRuntime()
    {
        var lifecycle = new Lifecycle();
        var starts = new[] { Task.Run(() => lifecycle.TryStart(WaitForStop)), Task.Run(() => lifecycle.TryStart(WaitForStop)) };
        bool[] started = await Task.WhenAll(starts);
        Specification.Assert(started[0] != started[1], "started twice or never");
        await lifecycle.StopAsync(Timeout.InfiniteTimeSpan);

        Task WaitForStop(LifecycleContext context) => lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping);
    }
}
