using Backends;
using Contracts;
using LockFree;

namespace Gateway.Routing;

/// <summary>The routes by name. Read by every dispatch, changed by operators.</summary>
public sealed class RouteTable(RouteJournal journal)
{
    private readonly ShardedMap<string, GatewayRoute> _routes = new(StringComparer.OrdinalIgnoreCase);

    public GatewayRoute? Find(string name) => _routes.GetValueOrDefault(name);

    public GatewayRoute[] All() => [.. _routes.Values];

    public async Task<bool> AddAsync(GatewayRoute route, CancellationToken cancellationToken)
    {
        if (!_routes.TryAdd(route.Name, route))
            return false;
        await journal.WriteAsync("added", route.Name, cancellationToken);
        return true;
    }

    public async Task<bool> ReplaceAsync(GatewayRoute route, CancellationToken cancellationToken)
    {
        if (!_routes.TryUpdate(route.Name, (_, _) => route, out _))
            return false;
        await journal.WriteAsync("replaced", route.Name, cancellationToken);
        return true;
    }

    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (!_routes.TryRemove(name, out _))
            return false;
        await journal.WriteAsync("removed", name, cancellationToken);
        return true;
    }

    /// <summary>Adds or overwrites a standing route.</summary>
    public void Set(GatewayRoute route) => _routes[route.Name] = route;
}
