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
/// </remarks>
public sealed class LifecycleGroup : IAsyncDisposable
{
    private readonly Lifecycle _lifecycle;

    // Replaced as a whole, so that a start sees one list, whoever adds meanwhile.
    private readonly SwapCell<Member[]> _members = new([]);
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
    public Lifecycle Add(string name, Func<LifecycleContext, Task> worker, TimeSpan? gracePeriod = null, TimeSpan? startTimeout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(worker);
        Lifecycle.ThrowIfNoDuration(startTimeout ?? Timeout.InfiniteTimeSpan, nameof(startTimeout));
        var lifecycle = gracePeriod is { } period
            ? new Lifecycle(_lifecycle.TimeProvider) { GracePeriod = period }
            : new Lifecycle(_lifecycle.TimeProvider);
        var added = new Member(name, worker, lifecycle, startTimeout ?? Timeout.InfiniteTimeSpan);
        _members.Update(
            static (members, added) => members.Any(member => member.Name == added.Name)
                ? throw new ArgumentException($"The group has a member '{added.Name}' already.", nameof(name))
                : [.. members, added],
            added);
        return lifecycle;
    }

    /// <summary>Starts the members in order, each when the one before is ready.</summary>
    /// <param name="cancellationToken">Cancels the start: what was started is stopped again.</param>
    /// <exception cref="InvalidOperationException">The group is started already.</exception>
    /// <exception cref="TimeoutException">A member was not ready in time.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _lifecycle.StartAsync(RunAsync, cancellationToken);

    /// <summary>Stops the members in reverse order, each with its own grace period.</summary>
    /// <param name="cancellationToken">Lets the caller leave; the stop goes on.</param>
    /// <returns>How each member ended that the last start has reached, in the order of stopping.</returns>
    public async Task<IReadOnlyList<LifecycleOutcome>> StopAsync(CancellationToken cancellationToken = default)
    {
        await _lifecycle.StopAsync(_lifecycle.GracePeriod, cancellationToken).ConfigureAwait(false);
        return _outcomes.Load();
    }

    /// <summary>Stops the group and its members for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lifecycle.DisposeAsync().ConfigureAwait(false);
        foreach (var member in _members.Load())
            await member.Lifecycle.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(LifecycleContext context)
    {
        var started = new Stack<Member>();
        try
        {
            foreach (var member in _members.Load())
            {
                // A stop may have come while the member before was becoming ready; this one is then not reached.
                context.Stopping.ThrowIfCancellationRequested();
                started.Push(member);
                await StartAsync(member, context).ConfigureAwait(false);
            }

            context.NotifyReady();
            await _lifecycle.WaitForStatusAsync(LifecycleStatus.Stopping).ConfigureAwait(false);
        }
        finally
        {
            _outcomes.Store(await StopInReverseAsync(started).ConfigureAwait(false));
        }
    }

    private static async Task StartAsync(Member member, LifecycleContext context)
    {
        using var timeout = new CancellationTokenSource(member.StartTimeout, context.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping, timeout.Token);
        try
        {
            await member.Lifecycle.StartAsync(member.Worker, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !context.Stopping.IsCancellationRequested)
        {
            throw new TimeoutException($"'{member.Name}' was not ready within {member.StartTimeout}.");
        }
    }

    private static async Task<IReadOnlyList<LifecycleOutcome>> StopInReverseAsync(Stack<Member> started)
    {
        var outcomes = new List<LifecycleOutcome>(started.Count);
        while (started.TryPop(out var member))
        {
            var reason = await member.Lifecycle.StopAsync().ConfigureAwait(false);
            outcomes.Add(new LifecycleOutcome(member.Name, reason, member.Lifecycle.Fault));
        }

        return outcomes;
    }

    private sealed record Member(string Name, Func<LifecycleContext, Task> Worker, Lifecycle Lifecycle, TimeSpan StartTimeout);
}
