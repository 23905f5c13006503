namespace LockFree.Schedules;

public sealed class LifecycleGroupScheduleTests
{
    private const string Source = "Lifecycle/LifecycleGroup.cs";

    [Fact]
    public void AStopMeetsTheStart_AndLeavesNoMemberRunning() => Exploration.AssertHolds(LifecycleGroupScenarios.AStopMeetsTheStart);

    [Fact]
    public void AMemberFailsAsTheGroupIsStopped_AndTheRestIsStopped() =>
        Exploration.AssertHolds(LifecycleGroupScenarios.AMemberFailsAsTheGroupIsStopped);

    [Fact]
    public void AMemberStopsItsGroup_AndDoesNotWaitForItself() => Exploration.AssertHolds(LifecycleGroupScenarios.AMemberStopsItsGroup);

    [Fact]
    public void AMemberThatIsNotedOnlyWhenItIsReady_IsFound() => Exploration.AssertFinds(
        LifecycleGroupScenarios.AStopMeetsTheStart,
        new SeededBug(
            Source,
            "started.Push(member);\n                await BecomeReadyAsync(member, run, context).ConfigureAwait(false);",
            "await BecomeReadyAsync(member, run, context).ConfigureAwait(false);\n                started.Push(member);"),
        "ember has not been stopped");

    [Fact]
    public void AGroupThatDoesNotKnowWhoAsks_IsFound() => Exploration.AssertFinds(
        LifecycleGroupScenarios.AMemberStopsItsGroup,
        new SeededBug("Lifecycle/Lifecycle.cs", "|| ReferenceEquals(caller.Lifecycle._owner, this)", ""),
        "Deadlock");
}
