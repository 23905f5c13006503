namespace LockFree.Tests;

public sealed class ClientHubTests
{
    private static readonly ClientKey Key = ClientKey.Global("test");

    private readonly ClientHub _hub = new();

    [Fact]
    public async Task ConcurrentInitialization_ThreeRacingCallers_OneRunAndTheSameInstance()
    {
        var runs = 0;
        var gate = new Gate();
        async ValueTask<ITestClient> Init(ClientKey key, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref runs);
            await gate.PassAsync(cancellationToken);
            return new TestClient();
        }

        var racing = Enumerable.Range(0, 3).Select(_ => _hub.GetOrInitAsync<ITestClient>(Key, Init).AsTask()).ToArray();
        await gate.Reached;
        gate.Open();
        var clients = await Task.WhenAll(racing).OrHang();

        Assert.Equal(1, runs);
        Assert.Same(clients[0], clients[1]);
        Assert.Same(clients[1], clients[2]);
    }

    [Fact]
    public void Get_OfAMissingClient_NamesKeyScopeAndType()
    {
        var exception = Assert.Throws<ClientNotInitializedException>(() => _hub.Get<ITestClient>(ClientKey.Scoped("eu", "billing")));

        Assert.Contains("'billing'", exception.Message);
        Assert.Contains("'eu'", exception.Message);
        Assert.Contains(typeof(ITestClient).FullName!, exception.Message);
        Assert.Equal(ClientKey.Scoped("eu", "billing"), exception.Key);
        Assert.Equal(typeof(ITestClient), exception.ClientType);
    }

    [Fact]
    public void Register_ThenGet_ReturnsTheClient()
    {
        var client = new TestClient();
        _hub.Register<ITestClient>(Key, client);

        Assert.Same(client, _hub.Get<ITestClient>(Key));
        Assert.Same(client, _hub.Slot<ITestClient>(Key).Value);
        Assert.Throws<InvalidOperationException>(() => _hub.Register<ITestClient>(Key, new TestClient()));
    }

    [Fact]
    public async Task Dispose_DisposesWhatTheHubMade_LastMadeFirst_Once()
    {
        var disposals = new List<string>();
        var registered = new TestClient("registered", disposals);
        _hub.Register(ClientKey.Global("registered"), registered);
        foreach (var name in new[] { "first", "second", "third" })
            await _hub.GetOrInitAsync(ClientKey.Global(name), (key, _) => ValueTask.FromResult(new TestClient(key.Name, disposals))).OrHang();

        await _hub.DisposeAsync().OrHang();
        await _hub.DisposeAsync().OrHang();

        Assert.Equal(["third", "second", "first"], disposals);
    }
}
