using System.Collections.Concurrent;

namespace LockFree.Tests.Examples;

internal sealed class LazySessions
{
    // Lazy, because each of several callers who race may run its factory.
    private readonly ConcurrentDictionary<string, Lazy<Session>> _sessions = new();

    public Session Open(string user) => _sessions.GetOrAdd(user, static user => new Lazy<Session>(() => new Session(user))).Value;
}
