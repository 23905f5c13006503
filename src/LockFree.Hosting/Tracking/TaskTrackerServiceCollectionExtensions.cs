using LockFree;
using LockFree.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a tracker of tasks that the host waits for before it ends.</summary>
public static class TaskTrackerServiceCollectionExtensions
{
    /// <summary>
    /// Adds a singleton <see cref="TaskTracker"/> for work that outlives the request that asked for it (an order answered with 202, a
    /// mail to be sent), and a hosted service that drains it when the host stops.
    /// </summary>
    /// <remarks>
    /// <para>The drain closes the tracker, so that <see cref="TaskTracker.TryRun"/> returns <see langword="false"/>, and waits for its
    /// tasks, at most for what is left of <c>HostOptions.ShutdownTimeout</c>; then it cancels their token and goes on, with a warning
    /// that tells how many were left. Services stop in the reverse order of registration, so what was registered before the tracker
    /// is still running while it drains, and what was registered after it, the web server of an ASP.NET Core application always, has
    /// stopped and hands over nothing any more. With <c>HostOptions.ServicesStopConcurrently</c> there is no such order: a request
    /// in flight may then find the tracker closed.</para>
    /// <para>A <see cref="TaskTracker"/> that is registered already is kept, and drained: register your own to set
    /// <see cref="TaskTracker.CancelOnFault"/>. A second call only adds to the options. The tracker that is made here belongs to
    /// <paramref name="services"/>, not to the container, which would wait for a task that never ends: containers built from the same
    /// services share it.</para>
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTaskTracker(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHostingMetrics();
        services.AddOptions<TaskTrackerOptions>();
        services.TryAddSingleton(new TaskTracker());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TaskTrackerDrain>(provider => new TaskTrackerDrain(provider)));
        return services;
    }

    /// <inheritdoc cref="AddTaskTracker(IServiceCollection)"/>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddTaskTracker(this IServiceCollection services, Action<TaskTrackerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddTaskTracker().Configure(configure);
    }
}
