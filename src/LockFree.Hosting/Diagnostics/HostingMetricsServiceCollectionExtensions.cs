using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LockFree.Hosting;

/// <summary>Adds the instruments that all services of this package share.</summary>
internal static class HostingMetricsServiceCollectionExtensions
{
    public static void AddHostingMetrics(this IServiceCollection services) =>
        services.TryAddSingleton(static provider => new HostingMetrics(provider.GetService<IMeterFactory>()));
}
