using Backends;
using Contracts;

namespace LegacyGateway.Routing;

/// <summary>The routes by name. Read by every dispatch, changed by operators.</summary>
public sealed class RouteTable(RouteJournal journal) : IDisposable
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, GatewayRoute> _routes = new(StringComparer.OrdinalIgnoreCase); // checklist item 1

    public GatewayRoute? Find(string name)
    {
        _lock.EnterReadLock();
        try
        {
            return _routes.GetValueOrDefault(name);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public GatewayRoute[] All()
    {
        _lock.EnterReadLock();
        try
        {
            return _routes.Values.ToArray();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public async Task<bool> AddAsync(GatewayRoute route, CancellationToken cancellationToken)
    {
        bool added;
        _lock.EnterWriteLock(); // checklist item 3
        try
        {
            added = _routes.TryAdd(route.Name, route);
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        if (added)
            await journal.WriteAsync("added", route.Name, cancellationToken);
        return added;
    }

    public async Task<bool> ReplaceAsync(GatewayRoute route, CancellationToken cancellationToken)
    {
        _lock.EnterWriteLock(); // checklist item 3
        try
        {
            if (!_routes.ContainsKey(route.Name))
                return false;
            _routes[route.Name] = route;
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        await journal.WriteAsync("replaced", route.Name, cancellationToken);
        return true;
    }

    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        bool removed;
        _lock.EnterWriteLock(); // checklist item 3
        try
        {
            removed = _routes.Remove(name);
        }
        finally
        {
            _lock.ExitWriteLock();
        }

        if (removed)
            await journal.WriteAsync("removed", name, cancellationToken);
        return removed;
    }

    /// <summary>Adds or overwrites a standing route.</summary>
    public void Set(GatewayRoute route)
    {
        _lock.EnterWriteLock();
        try
        {
            _routes[route.Name] = route;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Dispose() => _lock.Dispose();
}
