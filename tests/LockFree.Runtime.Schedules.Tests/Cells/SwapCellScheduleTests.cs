namespace LockFree.Schedules;

public sealed class SwapCellScheduleTests
{
    [Fact]
    public void AWaiterMeetsAWriter_NoWakeUpIsLost() => Exploration.AssertHolds(SwapCellScenarios.AWaiterMeetsAWriter);

    [Fact]
    public void AWaiterThatLooksBeforeItListens_IsFound() => Exploration.AssertFinds(
        SwapCellScenarios.AWaiterMeetsAWriter,
        new SeededBug(
            "Cells/SwapCell.cs",
            "            var changed = SignalOfNextChange();\n            var current = Load();",
            "            var current = Load();\n            var changed = SignalOfNextChange();"),
        "Deadlock detected");

    [Fact]
    public void RequestsMeetARebuild_EachSeesItsOwnChange_AndNoTwoRebuildsOverlap() =>
        Exploration.AssertHolds(SwapCellScenarios.RequestsMeetARebuild);

    [Fact]
    public void ARequestThatJoinsTheRunningRebuild_IsFound() => Exploration.AssertFinds(
        SwapCellScenarios.RequestsMeetARebuild,
        new SeededBug("Cells/SerialRebuild.cs", "_gathering = null;", "_gathering = round;"),
        "does not see its own change");

    [Fact]
    public void ARebuildThatDoesNotWaitForTheOneBefore_IsFound() => Exploration.AssertFinds(
        SwapCellScenarios.RequestsMeetARebuild,
        new SeededBug("Cells/SerialRebuild.cs", "if (_running is null)", "if (_running?.Node is null || true)"),
        "Two rebuilds at a time");

    [Fact]
    public void AWriterMeetsARebuild_NothingIsLost() => Exploration.AssertHolds(SwapCellScenarios.AWriterMeetsARebuild);

    [Fact]
    public void ARebuildThatOverwrites_IsFound() => Exploration.AssertFinds(
        SwapCellScenarios.AWriterMeetsARebuild,
        new SeededBug("Cells/SerialRebuild.cs", "if (ReferenceEquals(found, current))", "if (cell.Exchange(rebuilt) is not null)"),
        "Lost a write");

    [Fact]
    public void ARequestLeaves_TheOtherIsServed() => Exploration.AssertHolds(SwapCellScenarios.ARequestLeaves);

    [Fact]
    public void ASubscriberMeetsAWriter_TheLastValueArrives() => Exploration.AssertHolds(SwapCellScenarios.ASubscriberMeetsAWriter);

    [Fact]
    public void ASubscriptionThatBeginsWithWhatItFindsLater_IsFound() => Exploration.AssertFinds(
        SwapCellScenarios.ASubscriberMeetsAWriter,
        new SeededBug("Cells/CellSubscription.cs", "subscription.DeliverAsync(seen)", "subscription.DeliverAsync(cell.Load())"),
        "deadlock or hang detected");
}
