namespace LockFree.Hosting;

/// <summary>The work of a lifecycle that a host starts and stops, see <c>AddLifecycle</c>.</summary>
public interface ILifecycleWorker
{
    /// <summary>Does the work of one run.</summary>
    /// <remarks>
    /// Called on the thread pool, always, also when a stop has overtaken the start. It has to call
    /// <see cref="LifecycleContext.NotifyReady"/> once it can do its work, because the host waits for that unless told otherwise, and to
    /// return soon after <see cref="LifecycleContext.Stopping"/> has been cancelled and what it has accepted is done.
    /// </remarks>
    /// <param name="context">The run: its stop token, its clock, and where to say that it is ready.</param>
    /// <returns>Completes when the work is over. An exception is a fault, see <see cref="LifecycleOptions.FaultBehavior"/>.</returns>
    Task RunAsync(LifecycleContext context);
}
