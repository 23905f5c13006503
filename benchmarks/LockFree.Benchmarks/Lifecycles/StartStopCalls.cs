using Microsoft.Extensions.Hosting;

namespace LockFree.Benchmarks.Lifecycles;

/// <summary>The ways to run a worker that has nothing to do but to wait for its end.</summary>
internal static class StartStopCalls
{
    public static async Task LifecycleAsync()
    {
        await using var lifecycle = new Lifecycle();
        await lifecycle.StartAsync(static async context =>
        {
            context.NotifyReady();
            await Task.Delay(Timeout.Infinite, context.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }).ConfigureAwait(false);
        await lifecycle.Ready.ConfigureAwait(false);
        await lifecycle.StopAsync().ConfigureAwait(false);
    }

    public static async Task BackgroundServiceAsync()
    {
        using var service = new Waiting();
        await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
        await service.Ready.ConfigureAwait(false);
        await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>What people write by hand.</summary>
    public static async Task TaskAsync()
    {
        using var stopping = new CancellationTokenSource();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task worker = Task.Run(
            async () =>
            {
                ready.SetResult();
                await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            CancellationToken.None);
        await ready.Task.ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await worker.ConfigureAwait(false);
    }

    private sealed class Waiting : BackgroundService
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ready => _ready.Task;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            _ready.SetResult();
            await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
