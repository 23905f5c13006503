using System.Diagnostics.CodeAnalysis;
using LockFree;
using LockFree.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds lifecycles that the host starts and stops.</summary>
/// <remarks>
/// <para>Each is a hosted service: started in the order of registration, stopped in reverse order, so add what others depend on first.
/// The <see cref="Lifecycle"/> is a keyed singleton under its name, to be observed or asked to stop by others:
/// <c>[FromKeyedServices("name")] Lifecycle lifecycle</c>. A run that code of yours starts there by hand is stopped with the host, too,
/// but is neither logged, counted nor able to stop the host.</para>
/// <para>Stopping: the worker's token is cancelled, and the host waits until the worker has ended, for at most
/// <see cref="LifecycleOptions.GracePeriod"/> and what is left of <c>HostOptions.ShutdownTimeout</c>. After that it is
/// <see cref="StopReason.Abandoned"/>, which is a warning in the log, and the shutdown goes on. Should the host never come to stop it (a
/// service that failed to start ends the host without stopping the others), the disposal of the container does, and waits for at most
/// the grace period, or 30 seconds if that is infinite.</para>
/// <para>Every time is told by the <see cref="TimeProvider"/> of the services, or the system's clock.</para>
/// </remarks>
public static class LifecycleServiceCollectionExtensions
{
    /// <summary>Adds a lifecycle whose work is a function.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The lifecycle's name: key of the service, name of the options, and tag of its metrics.</param>
    /// <param name="worker">
    /// The work of one run, see <see cref="ILifecycleWorker.RunAsync"/>. It is given the root provider: make a scope for scoped services.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or taken by another lifecycle.</exception>
    public static IServiceCollection AddLifecycle(
        this IServiceCollection services, string name, Func<IServiceProvider, LifecycleContext, Task> worker)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return services.AddHostedLifecycle(name, provider => context => worker(provider, context));
    }

    /// <inheritdoc cref="AddLifecycle(IServiceCollection, string, Func{IServiceProvider, LifecycleContext, Task})"/>
    /// <param name="services">The services.</param>
    /// <param name="name">The lifecycle's name: key of the service, name of the options, and tag of its metrics.</param>
    /// <param name="worker">
    /// The work of one run, see <see cref="ILifecycleWorker.RunAsync"/>. It is given the root provider: make a scope for scoped services.
    /// </param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddLifecycle(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, LifecycleContext, Task> worker,
        Action<LifecycleOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddLifecycle(name, worker).Configure(name, configure);
    }

    /// <summary>
    /// Adds a lifecycle whose work is a singleton service, registered here if it is not yet. It is made, with what it depends on, before
    /// the host starts anything.
    /// </summary>
    /// <typeparam name="TWorker">The worker.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The lifecycle's name: key of the service, name of the options, and tag of its metrics.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, or taken by another lifecycle.</exception>
    public static IServiceCollection AddLifecycle<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorker>(
        this IServiceCollection services, string name)
        where TWorker : class, ILifecycleWorker
    {
        services.AddHostedLifecycle(name, provider => provider.GetRequiredService<TWorker>().RunAsync);
        services.TryAddSingleton<TWorker>();
        return services;
    }

    /// <inheritdoc cref="AddLifecycle{TWorker}(IServiceCollection, string)"/>
    /// <typeparam name="TWorker">The worker.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The lifecycle's name: key of the service, name of the options, and tag of its metrics.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddLifecycle<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorker>(
        this IServiceCollection services, string name, Action<LifecycleOptions> configure)
        where TWorker : class, ILifecycleWorker
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddLifecycle<TWorker>(name).Configure(name, configure);
    }

    private static IServiceCollection AddHostedLifecycle(
        this IServiceCollection services, string name, Func<IServiceProvider, Func<LifecycleContext, Task>> worker)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (services.Any(service => service.ServiceType == typeof(Lifecycle) && service.IsKeyedService && name.Equals(service.ServiceKey)))
        {
            throw new ArgumentException(
                $"There is a lifecycle '{name}' already. Add it once, or give the other one a name of its own: services, options and metrics are told apart "
                + "by it.",
                nameof(name));
        }

        services.AddHostingMetrics();
        services.AddOptions<LifecycleOptions>(name);
        services.AddKeyedSingleton(name, static (provider, key) => Create(provider, (string)key!));
        services.AddSingleton(new LifecycleName(name));
        services.AddSingleton<IHostedService>(provider => new HostedLifecycle(provider, name, worker(provider)));
        return services;
    }

    private static Lifecycle Create(IServiceProvider provider, string name)
    {
        // A container disposes of its singletons in the reverse order of their making. What runs here may use clients: should nobody
        // have stopped it before, it is to be stopped before the hub is disposed of.
        _ = provider.GetService<ClientHub>();

        var clock = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        var gracePeriod = OptionsOf(provider, name).GracePeriod;
        return gracePeriod == Timeout.InfiniteTimeSpan ? new Lifecycle(clock) : new Lifecycle(clock) { GracePeriod = gracePeriod };
    }

    private static LifecycleOptions OptionsOf(IServiceProvider provider, string name)
    {
        try
        {
            return provider.GetRequiredService<IOptionsMonitor<LifecycleOptions>>().Get(name);
        }
        catch (ArgumentOutOfRangeException refused) when (refused.ParamName == nameof(LifecycleOptions.GracePeriod))
        {
            // Options are made when they are first asked for, far from the line that sets them: say whose they are.
            throw new ArgumentOutOfRangeException($"The options of the lifecycle '{name}' cannot be used. {refused.Message}", refused);
        }
    }
}
