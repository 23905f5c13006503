using LockFree;

namespace Gateway.Clients;

/// <summary>The backends that did not answer when last asked.</summary>
public sealed class BackendHealth
{
    private readonly ShardedSet<string> _down = new(StringComparer.Ordinal);

    public bool IsUp(string backend) => !_down.Contains(backend);

    /// <returns>Whether that is news.</returns>
    public bool MarkDown(string backend) => _down.Add(backend);

    /// <returns>Whether that is news.</returns>
    public bool MarkUp(string backend) => _down.Remove(backend);
}
