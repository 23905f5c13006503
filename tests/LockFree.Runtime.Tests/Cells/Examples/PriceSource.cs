namespace LockFree.Tests.Examples;

internal sealed class PriceSource(HttpClient http)
{
    private readonly AsyncOnce<PriceList> _prices = new();

    public ValueTask<PriceList> GetAsync(CancellationToken cancellationToken) =>
        _prices.GetAsync(static async (http, token) => await PriceList.LoadAsync(http, token), http, cancellationToken);
}
