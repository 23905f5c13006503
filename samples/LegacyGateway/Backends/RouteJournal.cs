using System.Collections.Concurrent;

namespace Backends;

/// <summary>Writes down who changed which route; stands for a table in the operators' database.</summary>
public sealed class RouteJournal
{
    private readonly ConcurrentQueue<string> _entries = new();

    public Task WriteAsync(string change, string route, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _entries.Enqueue($"{change} {route}");
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> Read() => [.. _entries];
}
