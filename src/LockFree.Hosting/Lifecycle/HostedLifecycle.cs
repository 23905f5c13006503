using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LockFree.Hosting;

/// <summary>Starts and stops one lifecycle with its host, and tells how its run went.</summary>
/// <remarks>The lifecycle is the container's, which disposes of it; nothing is left here to be disposed of.</remarks>
internal sealed class HostedLifecycle : IHostedService
{
    private readonly string _name;
    private readonly Func<LifecycleContext, Task> _worker;
    private readonly Lifecycle _lifecycle;
    private readonly LifecycleOptions _options;
    private readonly IHostApplicationLifetime _application;
    private readonly HostingMetrics _metrics;
    private readonly ILogger _logger;

    // Completes when the run that the host has started is over, and that has been told. Null before the start: a host that failed to
    // start may stop services that it has never reached.
    private Task? _told;

    public HostedLifecycle(IServiceProvider provider, string name, Func<LifecycleContext, Task> worker)
    {
        _name = name;
        _worker = worker;
        _lifecycle = provider.GetRequiredKeyedService<Lifecycle>(name);
        _options = provider.GetRequiredService<IOptionsMonitor<LifecycleOptions>>().Get(name);
        _application = provider.GetRequiredService<IHostApplicationLifetime>();
        _metrics = provider.GetRequiredService<HostingMetrics>();
        _logger = provider.GetService<ILogger<Lifecycle>>() ?? NullLogger<Lifecycle>.Instance;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var startedAt = _lifecycle.TimeProvider.GetTimestamp();
        if (!_lifecycle.TryStart(_worker))
            throw new InvalidOperationException($"The lifecycle '{_name}' has been started by somebody else before the host did.");

        _logger.LifecycleStarting(_name);
        _metrics.Started(_name);
        var ready = _lifecycle.Ready;
        var readyTold = TellReadyAsync(ready, startedAt);
        _told = TellEndAsync(ready, readyTold, _lifecycle.Completion);
        if (!_options.WaitUntilReady)
            return;

        try
        {
            await readyTold.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host gives up its start, and will not come to stop what it has begun.
            _lifecycle.RequestStop();
            throw;
        }

        await ready.ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_told is null)
            return;

        if (!_lifecycle.Completion.IsCompleted)
            await StopRunAsync(cancellationToken).ConfigureAwait(false);

        await _told.ConfigureAwait(false);
        if (_options.FaultBehavior == LifecycleFaultBehavior.StopHost && _lifecycle.Fault is { } fault)
            ExceptionDispatchInfo.Throw(fault);
    }

    private async Task StopRunAsync(CancellationToken cancellationToken)
    {
        _logger.LifecycleStopping(_name);
        var askedAt = _lifecycle.TimeProvider.GetTimestamp();
        StopReason reason;
        try
        {
            reason = await _lifecycle.StopAsync(_options.GracePeriod, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The shutdown timeout is over. Of several grace periods the shortest counts: this ends the run now, as abandoned.
            reason = await _lifecycle.StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        }

        _metrics.StopTook(_name, reason, _lifecycle.TimeProvider.GetElapsedTime(askedAt));
    }

    /// <summary>Completes when it is known, and has been told, whether the run became ready; does not throw.</summary>
    private async Task TellReadyAsync(Task ready, long startedAt)
    {
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ready.IsCompletedSuccessfully)
            return;

        var elapsed = _lifecycle.TimeProvider.GetElapsedTime(startedAt);
        _logger.LifecycleReady(_name, elapsed.TotalMilliseconds);
        _metrics.Ready(_name, elapsed);
    }

    private async Task TellEndAsync(Task ready, Task readyTold, Task<StopReason> completion)
    {
        await readyTold.ConfigureAwait(false);
        var reason = await completion.ConfigureAwait(false);
        _metrics.Stopped(_name, reason);
        switch (reason)
        {
            case StopReason.Finished:
                _logger.LifecycleFinished(_name);
                break;
            case StopReason.Cancelled:
                _logger.LifecycleStopped(_name);
                break;
            case StopReason.Abandoned:
                _logger.LifecycleAbandoned(_name);
                break;
            // Not where somebody who waited for the end, too, was quicker and has started it again: the fault is theirs then.
            case StopReason.Faulted when _lifecycle.Fault is { } fault:
                // Before it was ready, and waited for: then the start of the host fails with this exception, and needs no stop.
                TellFault(fault, failsTheStart: _options.WaitUntilReady && ready.IsFaulted);
                break;
        }
    }

    private void TellFault(Exception fault, bool failsTheStart)
    {
        _logger.LifecycleFaulted(fault, _name);
        _metrics.Faulted(_name, fault);
        if (failsTheStart || _options.FaultBehavior == LifecycleFaultBehavior.Ignore || _application.ApplicationStopping.IsCancellationRequested)
            return;

        _logger.LifecycleStopsHost(_name);
        _application.StopApplication();
    }
}
