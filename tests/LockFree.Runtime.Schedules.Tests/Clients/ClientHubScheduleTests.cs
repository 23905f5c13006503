namespace LockFree.Schedules;

public sealed class ClientHubScheduleTests
{
    private const string Slot = "Clients/ClientSlotOfT.cs";

    [Fact]
    public void ThreeInitialisationsRace_OneRunServesAll() => Exploration.AssertHolds(ClientHubScenarios.ThreeInitialisationsRace);

    [Fact]
    public void TheHubIsDisposedDuringAnInitialisation_NothingIsLeftUndisposed() =>
        Exploration.AssertHolds(ClientHubScenarios.TheHubIsDisposedDuringAnInitialisation);

    [Fact]
    public void AClientPutIntoAClosedHub_IsFound() => Exploration.AssertFinds(
        ClientHubScenarios.TheHubIsDisposedDuringAnInitialisation,
        new SeededBug(Slot, " && !Hub.IsClosed", ""),
        "client was disposed 0 times");

    [Fact]
    public void ARegistrationAndARemovalMeetAnInitialisation_WhatWasRemovedStaysAway() =>
        Exploration.AssertHolds(ClientHubScenarios.ARegistrationAndARemovalMeetAnInitialisation);

    [Fact]
    public void AnOvertakenInitialiserThatPutsItsClientAfterTheRemoval_IsFound() => Exploration.AssertFinds(
        ClientHubScenarios.ARegistrationAndARemovalMeetAnInitialisation,
        new SeededBug(Slot, " && _overtakes == overtakes", ""),
        "An initialiser has brought back what was removed");

    [Fact]
    public void AWaiterMeetsARegistration_ItIsNotOverheard() => Exploration.AssertHolds(ClientHubScenarios.AWaiterMeetsARegistration);

    [Fact]
    public void AWaiterThatDoesNotLookAgainUnderTheLock_IsFound() => Exploration.AssertFinds(
        ClientHubScenarios.AWaiterMeetsARegistration,
        new SeededBug(Slot, "            if (_client is { } arrived)\n                return new ValueTask<T>(arrived);\n", ""),
        "Deadlock detected");

    [Fact]
    public void SomebodyWatchesAnInitialisation_AndNeverSeesNothing() => Exploration.AssertHolds(ClientHubScenarios.SomebodyWatchesAnInitialisation);
}
