using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LockFree.Hosting;

/// <summary>
/// The readiness of a host, as a health check: healthy while every lifecycle of the container is running, or has finished its work.
/// </summary>
/// <remarks>
/// <para>Add it with <c>services.AddHealthChecks().AddCheck&lt;LifecycleHealthCheck&gt;("ready")</c>. It reports the registration's
/// failure status while a lifecycle is starting or stopping, after it has faulted, was stopped or abandoned, and for all of them as
/// soon as the host has been told to stop. The status of each is in the data of the result, under its name.</para>
/// <para>It reads the state of each lifecycle, waits for nothing, and takes no lock.</para>
/// </remarks>
public sealed class LifecycleHealthCheck : IHealthCheck
{
    private readonly KeyValuePair<string, Lifecycle>[] _lifecycles;
    private readonly IHostApplicationLifetime? _application;

    /// <summary>Creates the check of all lifecycles that were added to the container.</summary>
    /// <param name="services">The container.</param>
    public LifecycleHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _lifecycles = [.. services.GetServices<LifecycleName>().Select(name =>
            KeyValuePair.Create(name.Name, services.GetRequiredKeyedService<Lifecycle>(name.Name)))];
        _application = services.GetService<IHostApplicationLifetime>();
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var data = new Dictionary<string, object>(_lifecycles.Length);
        var missing = new List<string>();
        Exception? fault = null;
        foreach (var (name, lifecycle) in _lifecycles)
        {
            var status = lifecycle.Status;
            data[name] = status.ToString();
            fault ??= lifecycle.Fault;
            if (status != LifecycleStatus.Running && !HasFinished(status, lifecycle))
                missing.Add($"{name} ({status})");
        }

        var isStopping = _application?.ApplicationStopping.IsCancellationRequested == true;
        if (!isStopping && missing.Count == 0)
            return Task.FromResult(HealthCheckResult.Healthy(data: data));

        var description = isStopping ? "The host is stopping." : $"Not ready: {string.Join(", ", missing)}.";
        return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, description, fault, data));
    }

    private static bool HasFinished(LifecycleStatus status, Lifecycle lifecycle) =>
        status == LifecycleStatus.Stopped && lifecycle.Completion is { IsCompletedSuccessfully: true, Result: StopReason.Finished };
}
