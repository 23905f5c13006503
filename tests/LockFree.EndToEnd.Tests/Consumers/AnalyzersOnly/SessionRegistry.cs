namespace Consumer;

/// <summary>A dictionary under a lock that guards nothing else: what LF1001 is about.</summary>
public sealed class SessionRegistry
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _sessions = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    public bool TryOpen(string user, int session)
    {
        lock (_gate)
        {
            return _sessions.TryAdd(user, session);
        }
    }

    public int? Find(string user)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(user, out int session) ? session : null;
        }
    }

    public void Close(string user)
    {
        lock (_gate)
        {
            _sessions.Remove(user);
        }
    }
}
