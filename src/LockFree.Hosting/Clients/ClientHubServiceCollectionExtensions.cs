using System.Diagnostics.CodeAnalysis;
using LockFree;
using LockFree.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the hub of typed clients, and has clients made before the host starts.</summary>
public static class ClientHubServiceCollectionExtensions
{
    private static readonly Func<IServiceProvider, ClientHub> HubFactory = CreateHub;

    /// <summary>Adds a singleton <see cref="ClientHub"/>, unless one is registered.</summary>
    /// <remarks>
    /// <para>The hub is made when it is first asked for and belongs to the container, which disposes of it once: after the host has
    /// stopped its services, and after the lifecycles and the task tracker added by this package, which may use clients until they
    /// end. Clients that its initialisers made are disposed of then, last made first.</para>
    /// <para>The hub can only be disposed of asynchronously. A host does so, with <c>Dispose()</c> too; a container built by hand has to
    /// be disposed of with <c>await using</c>, and throws an <see cref="InvalidOperationException"/> at <c>Dispose()</c>.</para>
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddClientHub(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHostingMetrics();
        services.TryAddSingleton(HubFactory);
        return services;
    }

    /// <summary>Adds a singleton <see cref="ClientHub"/>, unless one was added, and something to be done with it when it is made.</summary>
    /// <remarks>
    /// Every call counts: each function runs once, in the order of registration, before anybody gets the hub. A function that throws
    /// fails whoever asked for the hub, and the next one who asks begins anew.
    /// <inheritdoc cref="AddClientHub(IServiceCollection)" path="/remarks"/>
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">
    /// Registers clients. It may resolve services, but none that needs the hub, which does not exist yet. What it registers stays the
    /// caller's to dispose of, so let it come from the container.
    /// </param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">
    /// A <see cref="ClientHub"/> was registered by other means, and nothing would call <paramref name="configure"/>.
    /// </exception>
    public static IServiceCollection AddClientHub(this IServiceCollection services, Action<IServiceProvider, ClientHub> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddClientHub();
        var hub = services.Last(static service => service.ServiceType == typeof(ClientHub) && !service.IsKeyedService);
        if (!ReferenceEquals(hub.ImplementationFactory, HubFactory))
        {
            throw new InvalidOperationException(
                $"There is a {nameof(ClientHub)} already that was not added by {nameof(AddClientHub)}: fill it where it is made.");
        }

        return services.AddSingleton(new ClientHubConfiguration(configure));
    }

    /// <summary>
    /// Adds a class of clients as a singleton, typically one with <see cref="ClientAccessorsAttribute"/>, adds the hub, and has the clients
    /// made before the host starts any of its services: the first request finds them all.
    /// </summary>
    /// <remarks>
    /// Every call counts, also for the same class. The clients are made in <see cref="IHostedLifecycleService.StartingAsync"/>: before the
    /// start of every hosted service, whatever the order of registration. When that fails, the start of the host fails with its exception.
    /// </remarks>
    /// <typeparam name="TClients">The class of the clients.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="initialize">
    /// Makes the clients: <c>static (clients, cancellationToken) =&gt; clients.InitializeAsync(cancellationToken)</c>, the method that is
    /// generated.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddClientAccessors<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClients>(
        this IServiceCollection services, Func<TClients, CancellationToken, Task> initialize)
        where TClients : class
    {
        ArgumentNullException.ThrowIfNull(initialize);
        services.AddClientHub();
        services.TryAddSingleton<TClients>();
        return services.AddSingleton<IHostedService>(provider => new ClientInitialization<TClients>(
            provider.GetRequiredService<TClients>(),
            initialize,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILogger<ClientHub>>() ?? NullLogger<ClientHub>.Instance));
    }

    private static ClientHub CreateHub(IServiceProvider provider)
    {
        var hub = new ClientHub();
        foreach (var configuration in provider.GetServices<ClientHubConfiguration>())
            configuration.Configure(provider, hub);

        provider.GetRequiredService<HostingMetrics>().Observe(hub);
        return hub;
    }
}
