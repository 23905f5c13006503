namespace LegacyGateway.Dispatch;

/// <summary>Tells a repeated request by its id. Remembers the ids of one window.</summary>
public sealed class DuplicateDetector
{
    private readonly object _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal); // checklist item 1

    /// <returns>False where a request with this id is under way or done.</returns>
    public bool TryBegin(string requestId)
    {
        lock (_gate)
        {
            return _seen.Add(requestId);
        }
    }

    /// <summary>The request failed: its id may come again.</summary>
    public void Forget(string requestId)
    {
        lock (_gate)
        {
            _seen.Remove(requestId);
        }
    }

    public void StartWindow()
    {
        lock (_gate)
        {
            _seen.Clear();
        }
    }
}
