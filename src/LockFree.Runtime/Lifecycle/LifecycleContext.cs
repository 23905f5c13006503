namespace LockFree;

/// <summary>What a worker knows of the run it is: each run of a <see cref="Lifecycle"/> has its own, which never touches another run.</summary>
/// <remarks>May be kept and used from any thread, also after the run: then it does nothing.</remarks>
public sealed class LifecycleContext
{
    private readonly LifecycleRun _run;

    internal LifecycleContext(Lifecycle lifecycle, LifecycleRun run)
    {
        Lifecycle = lifecycle;
        _run = run;
    }

    /// <summary>
    /// Cancelled when the worker is asked to stop. Its callbacks, and so tokens linked to it, follow on the thread pool, not inside the
    /// call that asks.
    /// </summary>
    public CancellationToken Stopping => _run.Stopping;

    /// <summary>The clock of the lifecycle; use it for every delay, so that tests need not wait.</summary>
    public TimeProvider TimeProvider => Lifecycle.TimeProvider;

    internal Lifecycle Lifecycle { get; }

    /// <summary>Whether somebody may still wait for the end of this run: it is not over, nor abandoned.</summary>
    internal bool IsActive => Lifecycle.IsActive(_run);

    /// <summary>Says that the worker is ready: <see cref="LifecycleStatus.Starting"/> becomes <see cref="LifecycleStatus.Running"/>.</summary>
    /// <remarks>Too late (the run has been asked to stop, or is over) and more than once are harmless.</remarks>
    /// <returns>Whether this call was the one that made it ready.</returns>
    public bool NotifyReady() => Lifecycle.NotifyReady(_run);

    /// <summary>Asks this run to stop, from within: <see cref="Lifecycle.RequestStop()"/> would ask whichever run is current.</summary>
    public void RequestStop() => Lifecycle.RequestStop(_run);
}
