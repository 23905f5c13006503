namespace LegacyGateway.Clients;

/// <summary>The backends that did not answer when last asked.</summary>
public sealed class BackendHealth
{
    private readonly object _gate = new();
    private readonly HashSet<string> _down = new(StringComparer.Ordinal); // checklist item 1

    public bool IsUp(string backend)
    {
        lock (_gate)
        {
            return !_down.Contains(backend);
        }
    }

    /// <returns>Whether that is news.</returns>
    public bool MarkDown(string backend)
    {
        lock (_gate)
        {
            return _down.Add(backend);
        }
    }

    /// <returns>Whether that is news.</returns>
    public bool MarkUp(string backend)
    {
        lock (_gate)
        {
            return _down.Remove(backend);
        }
    }
}
