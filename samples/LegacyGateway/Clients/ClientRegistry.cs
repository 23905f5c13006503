namespace LegacyGateway.Clients;

/// <summary>The backend clients by name.</summary>
public sealed class ClientRegistry
{
    private readonly object _gate = new();
    private readonly Dictionary<string, object> _clients = new(StringComparer.Ordinal); // checklist item 1

    /// <exception cref="KeyNotFoundException">No client of that name is connected.</exception>
    public object this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _clients[name];
            }
        }
    }

    public void Register(string name, object client)
    {
        lock (_gate)
        {
            _clients.Add(name, client);
        }
    }

    /// <summary>A copy for those who look clients up often.</summary>
    public Dictionary<string, object> Snapshot()
    {
        lock (_gate)
        {
            return new Dictionary<string, object>(_clients);
        }
    }
}
