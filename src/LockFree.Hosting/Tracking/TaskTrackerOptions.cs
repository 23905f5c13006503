namespace LockFree.Hosting;

/// <summary>How a host drains its <see cref="TaskTracker"/>.</summary>
public sealed class TaskTrackerOptions
{
    private TimeSpan _gracePeriod = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long tasks may go on once the drain has begun, before their token is cancelled; the host still waits for them after that.
    /// Infinite unless set: they are cancelled when the host's shutdown timeout is over, and then no longer waited for.
    /// </summary>
    /// <remarks>Set it below the shutdown timeout for tasks that can be cut short, and save what they have by then.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Negative and not <see cref="Timeout.InfiniteTimeSpan"/>, or longer than timers can be.
    /// </exception>
    public TimeSpan GracePeriod
    {
        get => _gracePeriod;
        set
        {
            Lifecycle.ThrowIfNoDuration(value, nameof(GracePeriod));
            _gracePeriod = value;
        }
    }

    /// <summary>
    /// Whether new work is refused as soon as the host begins to stop, rather than when the services registered after the tracker have
    /// stopped; <see langword="false"/> unless set, so that a request that the web server has accepted can still hand over its work.
    /// </summary>
    public bool CloseWhenStopping { get; set; }
}
