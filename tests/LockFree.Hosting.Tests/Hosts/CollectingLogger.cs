using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LockFree.Hosting.Tests.Hosts;

/// <summary>Keeps what this package logs, in order.</summary>
internal sealed class CollectingLogger : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedEvent> _events = new();

    /// <summary>What has been logged by this package.</summary>
    public IReadOnlyList<LoggedEvent> Events => [.. _events];

    /// <summary>The ids of what has been logged by this package.</summary>
    public int[] Ids => [.. _events.Select(logged => logged.Id.Id)];

    public LoggedEvent Single(int id) => Assert.Single(_events, logged => logged.Id.Id == id);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(CollectingLogger collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("LockFree", StringComparison.Ordinal);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                collector._events.Enqueue(new LoggedEvent(category, eventId, logLevel, formatter(state, exception), exception));
        }
    }
}
