namespace LockFree.Schedules;

public sealed class LeasedCellScheduleTests
{
    [Fact]
    public void LeasesMeetReplacements_EveryValueIsDisposedOnce_AndNotUnderALease() =>
        Exploration.AssertHolds(LeasedCellScenarios.LeasesMeetReplacements);

    [Fact]
    public void ALeaseReturnedTwice_IsFound() => Exploration.AssertFinds(
        LeasedCellScenarios.LeasesMeetReplacements,
        new SeededBug("Cells/LeaseToken.cs", "            return false;", "            return true;"),
        "is used after its disposal");

    [Fact]
    public void AValueLeasedAfterItsLastLease_IsFound() => Exploration.AssertFinds(
        LeasedCellScenarios.LeasesMeetReplacements,
        new SeededBug("Cells/LeasedCell.cs", "if (current.TryLease())", "if (current.TryLease() || current.Value is not null)"),
        "is used after its disposal");

    [Fact]
    public void AStoreThatReturnsNothing_IsFound() => Exploration.AssertFinds(
        LeasedCellScenarios.LeasesMeetReplacements,
        new SeededBug("Cells/LeasedCell.cs", "            displaced.Return();", "            _ = displaced;"),
        "deadlock or hang detected");

    [Fact]
    public void TheEndMeetsAStore_WhatTheCellHasTakenItDisposes() => Exploration.AssertHolds(LeasedCellScenarios.TheEndMeetsAStore);

    [Fact]
    public void AnEndThatDoesNotWaitForWhatIsBeingReplaced_IsFound() => Exploration.AssertFinds(
        LeasedCellScenarios.TheEndMeetsAStore,
        new SeededBug("Cells/LeasedCell.cs", "        Interlocked.Increment(ref _undisposed);\n", "        ;\n"),
        "The end came before the disposal");
}
