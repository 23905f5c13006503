namespace LockFree.Tests.Examples;

internal sealed record PriceList(string Text)
{
    public static async Task<PriceList> LoadAsync(HttpClient http, CancellationToken cancellationToken) =>
        new(await http.GetStringAsync(new Uri("https://prices.example/"), cancellationToken));
}
