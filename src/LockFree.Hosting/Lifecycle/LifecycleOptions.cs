namespace LockFree.Hosting;

/// <summary>
/// How a host treats one lifecycle. Named options: the name is the lifecycle's, so configuration can set them with
/// <c>services.Configure&lt;LifecycleOptions&gt;(name, …)</c>.
/// </summary>
public sealed class LifecycleOptions
{
    private TimeSpan _gracePeriod = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Whether the start of the host waits until the worker has said that it is ready; <see langword="true"/> unless set. Services
    /// registered later, among them the web server of an ASP.NET Core application, then start with the worker ready.
    /// </summary>
    public bool WaitUntilReady { get; set; } = true;

    /// <summary>
    /// How long the worker may take to end once it has been asked to stop; then it is <see cref="StopReason.Abandoned"/>. Infinite
    /// unless set: what is left of the host's shutdown timeout, which bounds every value.
    /// </summary>
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

    /// <summary>What happens when the worker ends with an exception; <see cref="LifecycleFaultBehavior.StopHost"/> unless set.</summary>
    public LifecycleFaultBehavior FaultBehavior { get; set; }
}
