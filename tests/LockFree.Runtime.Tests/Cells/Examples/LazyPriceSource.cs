namespace LockFree.Tests.Examples;

internal sealed class LazyPriceSource(HttpClient http)
{
    private readonly Lazy<Task<PriceList>> _prices = new(() => PriceList.LoadAsync(http, CancellationToken.None));

    public Task<PriceList> GetAsync(CancellationToken cancellationToken) => _prices.Value.WaitAsync(cancellationToken);
}
