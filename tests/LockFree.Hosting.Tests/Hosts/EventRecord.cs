using System.Collections.Concurrent;

namespace LockFree.Hosting.Tests.Hosts;

/// <summary>What happened, in order.</summary>
internal sealed class EventRecord
{
    private readonly ConcurrentQueue<string> _events = new();

    public string[] All => [.. _events];

    public void Add(string happened) => _events.Enqueue(happened);
}
