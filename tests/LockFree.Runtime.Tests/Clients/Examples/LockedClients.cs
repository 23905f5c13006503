namespace LockFree.Tests.Examples;

internal sealed class LockedClients
{
    private readonly Dictionary<string, object> _clients = [];

    public void Add(string key, object client)
    {
        lock (_clients)
            _clients[key] = client; // Whoever was there is gone, and nobody hears of it.
    }

    public T Get<T>(string key)
    {
        lock (_clients)
            return (T)_clients[key];
    }
}
