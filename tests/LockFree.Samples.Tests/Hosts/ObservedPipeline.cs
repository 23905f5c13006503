using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace LockFree.Samples.Tests.Hosts;

/// <summary>Stands before the service's own pipeline and tells when a request in it has begun to wait.</summary>
public sealed class ObservedPipeline : IStartupFilter
{
    private readonly SemaphoreSlim _suspended = new(0);

    /// <summary>
    /// Completes when a request has given its thread back: from then on whatever it waits for goes on elsewhere. Each request is
    /// told at most once.
    /// </summary>
    public Task RequestSuspendedAsync() => _suspended.WaitAsync();

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.Use(async (context, rest) =>
        {
            var request = rest(context);
            if (!request.IsCompleted)
                _suspended.Release();
            await request;
        });
        next(application);
    };
}
