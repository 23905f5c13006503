namespace LockFree.Schedules;

public sealed class AsyncOnceScheduleTests
{
    private const string Once = "Cells/AsyncOnce.cs";
    private const string Run = "Cells/AsyncOnce.Run.cs";

    [Fact]
    public void ThreeCallersRace_OneRunServesAll() => Exploration.AssertHolds(AsyncOnceScenarios.ThreeCallersRace);

    [Fact]
    public void ACallerThatDoesNotLookAgainUnderTheLock_IsFound() => Exploration.AssertFinds(
        AsyncOnceScenarios.ThreeCallersRace,
        new SeededBug(Once, "                if (_published is { } published)\n                    return published.Value;\n", ""),
        "There were 2 runs");

    [Fact]
    public void TheLastWaiterLeavesWhileAnotherJoins_WhoStaysGetsTheValue() =>
        Exploration.AssertHolds(AsyncOnceScenarios.TheLastWaiterLeavesWhileAnotherJoins);

    [Fact]
    public void AnAbandonedRunThatCanBeJoined_IsFound() => Exploration.AssertFinds(
        AsyncOnceScenarios.TheLastWaiterLeavesWhileAnotherJoins,
        new SeededBug(Run, "_isOpen = false;\n            return true;", "return true;"),
        "Who stayed got");

    [Fact]
    public void AResetMeetsARun_WhoComesLaterGetsANewValue() => Exploration.AssertHolds(AsyncOnceScenarios.AResetMeetsARun);

    [Fact]
    public void AResetThatForgetsTheRun_IsFound() => Exploration.AssertFinds(
        AsyncOnceScenarios.AResetMeetsARun,
        new SeededBug(Once, "_run?.Outdate();", ""),
        "got what was made before");

    [Fact]
    public void ASetMeetsARun_TheWaiterGetsWhatIsKept() => Exploration.AssertHolds(AsyncOnceScenarios.ASetMeetsARun);

    [Fact]
    public void ARunThatAnswersItsWaitersThoughOvertaken_IsFound() => Exploration.AssertFinds(
        AsyncOnceScenarios.ASetMeetsARun,
        new SeededBug(Run, "Outdate();\n            Result.TrySetResult(value);", "Outdate();"),
        "TrySet said True, and the waiter got 'made'");

    [Fact]
    public void AWaiterLeavesWhileTheRunEnds_TheTokenOfARunThatServedItIsNotCancelled() =>
        Exploration.AssertHolds(AsyncOnceScenarios.AWaiterLeavesWhileTheRunEnds);

    [Fact]
    public void ARunThatIsCancelledAfterItsEnd_IsFound() => Exploration.AssertFinds(
        AsyncOnceScenarios.AWaiterLeavesWhileTheRunEnds,
        new SeededBug(Run, "--_waiters > 0 || Result.Task.IsCompleted", "--_waiters > 0"),
        "The token of a run that served its waiter was cancelled");
}
