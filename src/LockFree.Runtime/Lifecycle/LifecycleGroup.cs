namespace LockFree;

/// <summary>
/// Several lifecycles that depend on one another: started one after the other in the order of <see cref="Add"/>, each when the one before
/// is ready, and stopped in reverse order.
/// </summary>
/// <remarks>
/// <para>The group is a <see cref="Lifecycle"/> itself, whose worker starts and stops the members; so starting twice, stopping during a
/// start and all other races end as they do there.</para>
/// <para>A member that fails to start undoes the start: those started before are stopped in reverse order, and the start fails with
/// that member's exception. A member that ends or fails later touches no other. When stopping, each member has its own grace period,
/// which begins with its own stop, and one that fails or is abandoned does not keep the rest from being stopped.</para>
/// <para>A member's worker cannot wait for the end of the group, which waits for the worker's own: <see cref="StopAsync"/> throws there,
/// after having asked for the stop, and <see cref="DisposeAsync"/> does not wait. <see cref="RequestStop"/> is made for it.</para>
/// <para>All members may be called from any thread at any time. Starting and stopping cost what the members take; everything else is one
/// read, or one compare-and-swap, except <see cref="Add"/>, which copies the list of members.</para>
/// </remarks>
public sealed class LifecycleGroup : IAsyncDisposable
{
    private readonly Lifecycle _lifecycle;

    // Replaced as a whole, so that a start sees one list, whoever adds meanwhile.
    private readonly SwapCell<MemberList> _members = new(new MemberList([], IsClosed: false));
    private readonly SwapCell<IReadOnlyList<LifecycleOutcome>> _outcomes = new([]);

    /// <summary>Creates an empty group that runs on the system's clock.</summary>
    public LifecycleGroup()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Creates an empty group.</summary>
    /// <param name="timeProvider">The clock of the members and their deadlines.</param>
    public LifecycleGroup(TimeProvider timeProvider) =>
        _lifecycle = new Lifecycle(timeProvider) { GracePeriod = Timeout.InfiniteTimeSpan }; // The members' own add up to one.

    /// <summary>Where the group stands: <see cref="LifecycleStatus.Running"/> when every member has become ready.</summary>
    public LifecycleStatus Status => _lifecycle.Status;

    /// <summary>Why the last start failed, when <see cref="Status"/> is <see cref="LifecycleStatus.Faulted"/>.</summary>
    public Exception? Fault => _lifecycle.Fault;

    /// <summary>Completes when every member is ready; see <see cref="Lifecycle.Ready"/>.</summary>
    public Task Ready => _lifecycle.Ready;

    /// <summary>Completes when every member has been stopped, or a failed start has been undone; see <see cref="Lifecycle.Completion"/>.</summary>
    public Task<StopReason> Completion => _lifecycle.Completion;

    /// <summary>Adds a member at the end of the order. It takes part from the next start on.</summary>
    /// <param name="name">Its name, unique in the group.</param>
    /// <param name="worker">Its work, see <see cref="Lifecycle.StartAsync"/>; it has to call <see cref="LifecycleContext.NotifyReady"/>.</param>
    /// <param name="gracePeriod">How long it may take to stop; 30 seconds if <see langword="null"/>.</param>
    /// <param name="startTimeout">How long it may take to become ready; for ever if <see langword="null"/>.</param>
    /// <returns>The member's own lifecycle, to be observed, or to be stopped and started alone.</returns>
    /// <exception cref="ArgumentException">The group has a member of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative, or longer than timers can be.</exception>
    /// <exception cref="ObjectDisposedException">The group has been disposed.</exception>
    public Lifecycle Add(string name, Func<LifecycleContext, Task> worker, TimeSpan? gracePeriod = null, TimeSpan? startTimeout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(worker);
        Lifecycle.ThrowIfNoDuration(gracePeriod ?? Timeout.InfiniteTimeSpan, nameof(gracePeriod));
        Lifecycle.ThrowIfNoDuration(startTimeout ?? Timeout.InfiniteTimeSpan, nameof(startTimeout));
        var lifecycle = gracePeriod is { } period
            ? new Lifecycle(_lifecycle) { GracePeriod = period }
            : new Lifecycle(_lifecycle);
        _members.Update(Extended, new Member(name, worker, lifecycle, startTimeout ?? Timeout.InfiniteTimeSpan));
        return lifecycle;
    }

    /// <summary>Starts the members in order, each when the one before is ready.</summary>
    /// <param name="cancellationToken">Cancels the start: what was started is stopped again.</param>
    /// <exception cref="InvalidOperationException">The group is started already, or a member alone is.</exception>
    /// <exception cref="TimeoutException">A member was not ready in time.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled, or the group was asked to stop before it was ready.</exception>
    /// <exception cref="ObjectDisposedException">The group, or a member alone, has been disposed.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _lifecycle.StartAsync(RunAsync, cancellationToken);

    /// <summary>Asks the group to stop; does not wait. The members are stopped in reverse order. May be called by a member's worker.</summary>
    public void RequestStop() => _lifecycle.RequestStop();

    /// <summary>Stops the members in reverse order, each with its own grace period, and waits for all of them.</summary>
    /// <param name="cancellationToken">Lets the caller leave; the stop goes on.</param>
    /// <returns>How each member ended that the last start has reached, in the order of stopping.</returns>
    /// <exception cref="InvalidOperationException">
    /// The call comes from a member's worker, or from something that it has started, and would wait for its own end. The stop has been asked
    /// for all the same.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public async Task<IReadOnlyList<LifecycleOutcome>> StopAsync(CancellationToken cancellationToken = default)
    {
        await _lifecycle.StopAsync(_lifecycle.GracePeriod, cancellationToken).ConfigureAwait(false);
        return _outcomes.Load();
    }

    /// <summary>
    /// Lets no further start begin, stops the group and its members for good, and waits for that, unless the call comes from a member's
    /// worker. Further calls do the same.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var members = _members.Update(static list => list with { IsClosed = true }).Members;
        var isOwnEnd = _lifecycle.IsInside;
        var end = EndForGoodAsync(members);
        if (!isOwnEnd)
            await end.ConfigureAwait(false);
    }

    private static MemberList Extended(MemberList list, Member added)
    {
        ObjectDisposedException.ThrowIf(list.IsClosed, typeof(LifecycleGroup));
        return list.Members.Any(member => member.Name == added.Name)
            ? throw new ArgumentException($"The group has a member '{added.Name}' already.", "name")
            : list with { Members = [.. list.Members, added] };
    }

    private static async Task BecomeReadyAsync(Member member, LifecycleRun run, LifecycleContext context)
    {
        // A stop of the group need not wait for its turn: it is the member that has begun last, and so the first to be stopped.
        using var stop = context.Stopping.UnsafeRegister(_ => member.Lifecycle.RequestStop(run), null);
        try
        {
            await run.Ready.WaitAsync(member.StartTimeout, context.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!run.Ready.IsFaulted)
        {
            throw new TimeoutException($"'{member.Name}' was not ready within {member.StartTimeout}.");
        }
    }

    private static async Task<IReadOnlyList<LifecycleOutcome>> StopInReverseAsync(Stack<Member> started)
    {
        var outcomes = new List<LifecycleOutcome>(started.Count);
        while (started.TryPop(out var member))
        {
            // Whichever run it has by now: it may have been stopped and started again alone.
            var run = await member.Lifecycle.EndRunAsync(member.Lifecycle.GracePeriod).ConfigureAwait(false);
            outcomes.Add(new LifecycleOutcome(member.Name, await run!.Completion.ConfigureAwait(false), run.Fault));
        }

        return outcomes;
    }

    private async Task RunAsync(LifecycleContext context)
    {
        var started = new Stack<Member>();
        try
        {
            foreach (var member in _members.Load().Members)
            {
                // A stop may have come while the member before was becoming ready; this one is then not reached.
                context.Stopping.ThrowIfCancellationRequested();
                var run = member.Lifecycle.TryBegin(member.Worker)
                    ?? throw new InvalidOperationException($"'{member.Name}' has been started alone, and has not been stopped.");
                started.Push(member);
                await BecomeReadyAsync(member, run, context).ConfigureAwait(false);
            }

            context.NotifyReady();
            await _lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping).ConfigureAwait(false);
        }
        finally
        {
            _outcomes.Store(await StopInReverseAsync(started).ConfigureAwait(false));
        }
    }

    private async Task EndForGoodAsync(Member[] members)
    {
        await _lifecycle.DisposeAsync().ConfigureAwait(false);
        await _lifecycle.Completion.ConfigureAwait(false); // The line before does not wait inside a worker.
        foreach (var member in members.Reverse())
            await member.Lifecycle.DisposeAsync().ConfigureAwait(false);
    }

    private sealed record Member(string Name, Func<LifecycleContext, Task> Worker, Lifecycle Lifecycle, TimeSpan StartTimeout);

    private sealed record MemberList(Member[] Members, bool IsClosed);
}
