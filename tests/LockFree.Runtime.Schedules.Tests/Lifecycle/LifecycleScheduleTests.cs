namespace LockFree.Schedules;

public sealed class LifecycleScheduleTests
{
    [Fact]
    public void AStopMeetsReadiness_ReadySaysWhatNotifyReadyReturned() => Exploration.AssertHolds(LifecycleScenarios.AStopMeetsReadiness);

    [Fact]
    public void ReadinessForgottenByTheStop_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.AStopMeetsReadiness,
        new SeededBug("Lifecycle/LifecycleState.cs", "BecameReady ?? status == LifecycleStatus.Running", "status == LifecycleStatus.Running"),
        "Ready is Canceled, NotifyReady said True");
}
