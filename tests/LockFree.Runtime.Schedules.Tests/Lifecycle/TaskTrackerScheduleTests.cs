namespace LockFree.Schedules;

public sealed class TaskTrackerScheduleTests
{
    private const string Source = "Lifecycle/TaskTracker.cs";

    [Fact]
    public void ACloseMeetsARun_WhichIsRefusedOrWaitedFor() => Exploration.AssertHolds(TaskTrackerScenarios.ACloseMeetsARun);

    [Fact]
    public void ACloseMeetsTheLastEnd_AndTheWaitIsOver() => Exploration.AssertHolds(TaskTrackerScenarios.ACloseMeetsTheLastEnd);

    [Fact]
    public void TwoFaultsMeet_AndTheFirstIsKept() => Exploration.AssertHolds(TaskTrackerScenarios.TwoFaultsMeet);

    [Fact]
    public void ATaskStartsAnotherAsTheTrackerIsClosed_WhichIsWaitedForOrNeverRuns() =>
        Exploration.AssertHolds(TaskTrackerScenarios.ATaskStartsAnotherAsTheTrackerIsClosed);

    [Fact]
    public void ACountThatDoesNotLookWhetherTheTrackerWasClosed_IsFound() => Exploration.AssertFinds(
        TaskTrackerScenarios.ACloseMeetsARun,
        new SeededBug(Source, "while (Interlocked.CompareExchange(ref _state, state + OneTask, state) != state);", "while (Interlocked.Add(ref _state, OneTask) == 0);"),
        "TryRun said True");

    [Fact]
    public void AnEndThatTheCloseDoesNotSee_IsFound() => Exploration.AssertFinds(
        TaskTrackerScenarios.ACloseMeetsTheLastEnd,
        new SeededBug(Source, "if (Interlocked.Or(ref _state, ClosedBit) == 0)", "var before = Volatile.Read(ref _state); Interlocked.Or(ref _state, ClosedBit); if (before == 0)"),
        "Deadlock");

    [Fact]
    public void AFaultThatReplacesTheFirst_IsFound() => Exploration.AssertFinds(
        TaskTrackerScenarios.TwoFaultsMeet,
        new SeededBug(Source, "Interlocked.CompareExchange(ref _firstFault, fault, null) is null", "Interlocked.Exchange(ref _firstFault, fault) is null"),
        "The first fault has been replaced");

    [Fact]
    public void AnEndThatDoesNotLookWhetherOthersRun_IsFound() => Exploration.AssertFinds(
        TaskTrackerScenarios.ATaskStartsAnotherAsTheTrackerIsClosed,
        new SeededBug(Source, "task.HasEnded = true;", "task.HasEnded = true; if (IsClosed) _drained.TrySetResult();"),
        "a task still runs");
}
