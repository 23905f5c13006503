using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LockFree.Hosting;

/// <summary>Starts and stops one lifecycle with its host, and tells how its run went.</summary>
/// <remarks>
/// The lifecycle is the container's, which disposes of it; nothing is left here to be disposed of. Others may start it again by hand as
/// soon as the host's run is over, before that is told here: so what is told is asked of the run, never of the lifecycle.
/// </remarks>
internal sealed class HostedLifecycle : IHostedService
{
    private readonly string _name;
    private readonly Func<LifecycleContext, Task> _worker;
    private readonly Lifecycle _lifecycle;
    private readonly LifecycleOptions _options;
    private readonly IHostApplicationLifetime _application;
    private readonly HostingMetrics _metrics;
    private readonly ILogger _logger;

    // The run that the host has started. Null before the start: a host that failed to start may stop services that it has never reached.
    private LifecycleRun? _run;

    // Completes, with what the run ended with, when it is over and that has been told.
    private Task<Exception?> _told = Task.FromResult<Exception?>(null);

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
        _run = _lifecycle.TryBegin(_worker)
            ?? throw new InvalidOperationException(
                $"The lifecycle '{_name}' has been started by somebody else before the host did. Leave its first start to the host.");

        _logger.LifecycleStarting(_name);
        _metrics.Started(_name);
        var readyTold = TellReadyAsync(_run.Ready, startedAt);
        _told = TellEndAsync(_run, readyTold);
        if (!_options.WaitUntilReady)
            return;

        try
        {
            await readyTold.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host gives up its start, and will not come to stop what it has begun.
            _lifecycle.RequestStop(_run);
            throw;
        }

        await _run.Ready.ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_run is null)
            return;

        if (_run.Completion.IsCompleted)
            await EndRunAsync(cancellationToken).ConfigureAwait(false); // Whoever started it by hand is to tell of it.
        else
            await StopAsync(_run, cancellationToken).ConfigureAwait(false);

        if (await _told.ConfigureAwait(false) is { } fault && _options.FaultBehavior == LifecycleFaultBehavior.StopHost)
            ExceptionDispatchInfo.Throw(fault);
    }

    private async Task StopAsync(LifecycleRun run, CancellationToken cancellationToken)
    {
        _logger.LifecycleStopping(_name);
        var askedAt = _lifecycle.TimeProvider.GetTimestamp();
        var ended = await EndRunAsync(cancellationToken).ConfigureAwait(false);
        if (ReferenceEquals(ended, run))
            _metrics.StopTook(_name, await run.Completion.ConfigureAwait(false), _lifecycle.TimeProvider.GetElapsedTime(askedAt));
    }

    /// <summary>Ends the current run, whoever has started it, and returns it.</summary>
    private async Task<LifecycleRun?> EndRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _lifecycle.EndRunAsync(_options.GracePeriod, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The shutdown timeout is over. Of several grace periods the shortest counts: this ends the run now, as abandoned.
            return await _lifecycle.EndRunAsync(TimeSpan.Zero).ConfigureAwait(false);
        }
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

    private async Task<Exception?> TellEndAsync(LifecycleRun run, Task readyTold)
    {
        await readyTold.ConfigureAwait(false);
        var reason = await run.Completion.ConfigureAwait(false);
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
            case StopReason.Faulted:
                // Before it was ready, and waited for: then the start of the host fails with this exception, and needs no stop.
                TellFault(run.Fault!, failsTheStart: _options.WaitUntilReady && run.Ready.IsFaulted);
                break;
        }

        return run.Fault;
    }

    private void TellFault(Exception fault, bool failsTheStart)
    {
        _logger.LifecycleFaulted(fault, _name);
        _metrics.Faulted(_name, fault);
        var isStopping = _application.ApplicationStopping.IsCancellationRequested;
        if (failsTheStart || isStopping || _options.FaultBehavior == LifecycleFaultBehavior.Ignore)
            return;

        _logger.LifecycleStopsHost(_name);
        _application.StopApplication();
    }
}
