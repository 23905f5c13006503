namespace LockFree.Schedules;

public sealed class LifecycleScheduleTests
{
    private const string Source = "Lifecycle/Lifecycle.cs";
    private const string StateSource = "Lifecycle/LifecycleState.cs";

    [Fact]
    public void AStopMeetsReadiness_ReadySaysWhatNotifyReadyReturned() => Exploration.AssertHolds(LifecycleScenarios.AStopMeetsReadiness);

    [Fact]
    public void AStopMeetsAStart_AndEitherFindsNothingOrEndsTheRun() => Exploration.AssertHolds(LifecycleScenarios.AStopMeetsAStart);

    [Fact]
    public void TwoStopsMeetTheEndOfTheWorker_AndSayTheSame() => Exploration.AssertHolds(LifecycleScenarios.TwoStopsMeetTheEndOfTheWorker);

    [Fact]
    public void TwoRequestsToStop_BothFindTheTokenCancelled() => Exploration.AssertHolds(LifecycleScenarios.TwoRequestsToStop);

    [Fact]
    public void ARestartFollowsTheNewsOfTheEnd_AndIsNotRefused() => Exploration.AssertHolds(LifecycleScenarios.ARestartFollowsTheNewsOfTheEnd);

    [Fact]
    public void AGracePeriodRunsOutAsTheWorkerEnds_AndAllAgreeWhichCameFirst() =>
        Exploration.AssertHolds(LifecycleScenarios.AGracePeriodRunsOutAsTheWorkerEnds);

    [Fact]
    public void AnAbandonedWorkerMeetsTheNextRun_AndDoesNotTouchIt() => Exploration.AssertHolds(LifecycleScenarios.AnAbandonedWorkerMeetsTheNextRun);

    [Fact]
    public void AWaiterMeetsAStatusThatIsSoonOver_AndSeesIt() => Exploration.AssertHolds(LifecycleScenarios.AWaiterMeetsAStatusThatIsSoonOver);

    [Fact]
    public void ADisposalMeetsAStart_WhichIsRefusedOrStoppedAgain() => Exploration.AssertHolds(LifecycleScenarios.ADisposalMeetsAStart);

    [Fact]
    public void ReadinessForgottenByTheStop_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.AStopMeetsReadiness,
        new SeededBug(StateSource, "BecameReady ?? status == LifecycleStatus.Running", "status == LifecycleStatus.Running"),
        "Ready is Canceled, NotifyReady said True");

    [Fact]
    public void AWorkerThatIsNotCalledWhenAStopHasOvertakenIt_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.AStopMeetsAStart,
        new SeededBug(Source, "Task.Run(() => RunAsync(run, worker));", "Task.Run(() => RunAsync(run, run.Stopping.IsCancellationRequested ? _ => Task.CompletedTask : worker));"),
        "The worker was never called");

    [Fact]
    public void AStopThatDoesNotLookWhetherAnotherThreadHasCancelledTheToken_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.TwoRequestsToStop,
        new SeededBug(Source, "stopping ??= Current is { Status: LifecycleStatus.Stopping } state && ReferenceEquals(state.Run, run) ? state : null;", ""),
        "the token is not cancelled");

    [Fact]
    public void AnEndToldBeforeTheStateIsCleared_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.ARestartFollowsTheNewsOfTheEnd,
        new SeededBug(
            Source,
            "if (Move(run, state => state.IsActive ? state.Ended(fault) : null) is { } ended)",
            "run.Complete(Current.Ended(fault)); if (Move(run, state => state.IsActive ? state.Ended(fault) : null) is { } ended)"),
        "Whoever hears of the end");

    [Fact]
    public void AnAbandonmentOfAWorkerThatHasEnded_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.AGracePeriodRunsOutAsTheWorkerEnds,
        new SeededBug(
            Source,
            "static state => state.Status == LifecycleStatus.Stopping ? state.Stopped(StopReason.Abandoned) : null",
            "static state => state.Stopped(StopReason.Abandoned)"),
        "The stop said Faulted, and the status is Stopped");

    [Fact]
    public void AnEndThatDoesNotLookWhoseRunItIs_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.AnAbandonedWorkerMeetsTheNextRun,
        new SeededBug(Source, "if (!ReferenceEquals(state.Run, run) || arrow(state) is not { } next)", "if (arrow(state) is not { } next)"),
        "Deadlock");

    [Fact]
    public void AWaiterThatLooksAtTheStatusAgainInsteadOfAtTheSuccessor_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.AWaiterMeetsAStatusThatIsSoonOver,
        new SeededBug(
            Source,
            "state = await state.Successor.WaitAsync(cancellationToken).ConfigureAwait(false);",
            "{ await Current.Successor.WaitAsync(cancellationToken).ConfigureAwait(false); state = Current; }"),
        "Deadlock");

    [Fact]
    public void ADisposalThatDoesNotShutOutAStart_IsFound() => Exploration.AssertFinds(
        LifecycleScenarios.ADisposalMeetsAStart,
        new SeededBug(Source, "while (!state.IsDisposed && !state.TryReplace(ref _state, state.Disposed()));", "while (false);"),
        "The start said True");
}
