namespace LockFree.Tests.Examples;

internal sealed class RouterCache(Func<CancellationToken, ValueTask<Router>> load)
{
    private readonly SwapCell<Router> _router = new(Router.Empty);

    public Router Router => _router.Load();

    public void Add(string path, string handler) =>
        _router.Update(static (router, route) => router.With(route.Path, route.Handler), (Path: path, Handler: handler));

    public Task<Router> ReloadAsync(CancellationToken cancellationToken) =>
        _router.UpdateOnceAsync((_, token) => load(token), cancellationToken);

    /// <summary>For whoever is interested in one route only.</summary>
    public IReadOnlyCell<string?> HandlerOf(string path) => _router.Select(router => router.HandlerOf(path));
}
