using LockFree;

namespace Gateway.Dispatch;

/// <summary>Tells a repeated request by its id. Remembers the ids of one window.</summary>
public sealed class DuplicateDetector
{
    private readonly ShardedSet<string> _seen = new(StringComparer.Ordinal);

    /// <returns>False where a request with this id is under way or done.</returns>
    public bool TryBegin(string requestId) => _seen.Add(requestId);

    /// <summary>The request failed: its id may come again.</summary>
    public void Forget(string requestId) => _seen.Remove(requestId);

    public void StartWindow() => _seen.Clear();
}
