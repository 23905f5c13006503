using Microsoft.Extensions.Hosting;

namespace LockFree.Hosting.Tests.Hosts;

/// <summary>A service that fails to start, which ends a host without the stop of the others.</summary>
internal sealed class FailingService : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("The service cannot start.");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
