namespace LockFree.Tests.Examples;

/// <summary>What docs/runtime shows of <see cref="AsyncOnce{T}"/> does what it says.</summary>
public sealed class PriceSourceExampleTests
{
    [Fact]
    public async Task ALazyPriceSource_KeepsAFailure()
    {
        using var http = new HttpClient(new FailingFirst());
        var source = new LazyPriceSource(http);

        await Assert.ThrowsAsync<HttpRequestException>(() => source.GetAsync(CancellationToken.None).OrHang());
        await Assert.ThrowsAsync<HttpRequestException>(() => source.GetAsync(CancellationToken.None).OrHang());
    }

    [Fact]
    public async Task APriceSource_TriesAgainAfterAFailure_AndKeepsWhatItGot()
    {
        using var http = new HttpClient(new FailingFirst());
        var source = new PriceSource(http);

        await Assert.ThrowsAsync<HttpRequestException>(() => source.GetAsync(CancellationToken.None).AsTask().OrHang());
        var prices = await source.GetAsync(CancellationToken.None).AsTask().OrHang();

        Assert.Equal("request 2", prices.Text);
        Assert.Same(prices, await source.GetAsync(CancellationToken.None));
    }

    private sealed class FailingFirst : HttpMessageHandler
    {
        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _requests);
            return number == 1
                ? Task.FromException<HttpResponseMessage>(new HttpRequestException("The network is down."))
                : Task.FromResult(new HttpResponseMessage { Content = new StringContent($"request {number}") });
        }
    }
}
