namespace LockFree.Tests.Examples;

internal sealed class LockedSessions
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Session> _sessions = [];

    public Session Open(string user)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(user, out var session))
                _sessions[user] = session = new Session(user); // While this is made, everybody waits, whoever they ask for.

            return session;
        }
    }

    public Session? Find(string user)
    {
        lock (_gate)
            return _sessions.GetValueOrDefault(user);
    }

    public Session[] CloseAll()
    {
        lock (_gate)
        {
            Session[] closed = [.. _sessions.Values];
            _sessions.Clear();
            return closed;
        }
    }
}
