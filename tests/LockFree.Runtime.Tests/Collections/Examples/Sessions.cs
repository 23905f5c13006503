namespace LockFree.Tests.Examples;

internal sealed class Sessions
{
    private readonly ShardedMap<string, Session> _sessions = new();

    public Session Open(string user) => _sessions.GetOrAddOnce(user, static user => new Session(user));

    public Session? Find(string user) => _sessions.GetValueOrDefault(user);

    public Session[] CloseAll() => Array.ConvertAll(_sessions.Drain(), static entry => entry.Value);
}
