using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LockFree.Hosting;

/// <summary>Has a host wait for the tasks of its tracker when it stops.</summary>
internal sealed class TaskTrackerDrain : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan GracePeriodOfDisposal = TimeSpan.FromSeconds(30);

    private readonly TaskTracker _tracker;
    private readonly TaskTrackerOptions _options;
    private readonly TimeProvider _clock;
    private readonly HostingMetrics _metrics;
    private readonly ILogger _logger;
    private bool _hasStopped;

    public TaskTrackerDrain(IServiceProvider provider)
    {
        // As for a lifecycle: tasks may use clients, so the hub is made before this and disposed of after it.
        _ = provider.GetService<ClientHub>();
        _tracker = provider.GetRequiredService<TaskTracker>();
        _options = provider.GetRequiredService<IOptions<TaskTrackerOptions>>().Value;
        _clock = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        _metrics = provider.GetRequiredService<HostingMetrics>();
        _logger = provider.GetService<ILogger<TaskTracker>>() ?? NullLogger<TaskTracker>.Instance;
        _metrics.Observe(_tracker);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_options.CloseWhenStopping)
            _tracker.Close();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _hasStopped = true;
        return DrainAsync(_options.GracePeriod, cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>For a host that never came to stop this service: cancels the tasks, and waits for them, though not for ever.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_hasStopped)
            return;

        using var patience = new CancellationTokenSource(GracePeriodOfDisposal, _clock);
        await DrainAsync(TimeSpan.Zero, patience.Token).ConfigureAwait(false);
    }

    private async Task DrainAsync(TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        _tracker.Close();
        var begun = _clock.GetTimestamp();
        if (_tracker.Count is > 0 and var count)
            _logger.TaskTrackerDraining(count);

        using var grace = new CancellationTokenSource(gracePeriod, _clock);
        using (grace.Token.UnsafeRegister(static tracker => ((TaskTracker)tracker!).Cancel(), _tracker))
        {
            try
            {
                await _tracker.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _tracker.Cancel();
            }
        }

        // Asked also when the wait was given up: the last task may have ended since.
        if (_tracker.Count is > 0 and var abandoned)
        {
            _logger.TaskTrackerAbandoned(abandoned);
            _metrics.Abandoned(abandoned);
        }
        else
        {
            _logger.TaskTrackerDrained(_clock.GetElapsedTime(begun).TotalMilliseconds);
        }

        if (_tracker.FirstFault is { } fault)
            _logger.TaskTrackerFaulted(fault);
    }
}
