namespace LockFree.Tests;

public sealed class ClientHubDisposalTests
{
    private static readonly ClientKey Key = ClientKey.Global("test");

    private readonly ClientHub _hub = new();
    private readonly List<string> _disposals = [];

    [Fact]
    public async Task Dispose_DisposesWhatTheHubMade_LastMadeFirst_Once()
    {
        _hub.Register(ClientKey.Global("registered"), new TestClient("registered", _disposals));
        foreach (var name in new[] { "first", "second", "third" })
            await MakeAsync(name);

        await _hub.DisposeAsync().OrHang();
        await _hub.DisposeAsync().OrHang();

        Assert.Equal(["third", "second", "first"], _disposals);
    }

    [Fact]
    public async Task Dispose_OneThatThrows_DoesNotKeepTheOthersFromIt()
    {
        await MakeAsync("first");
        await MakeAsync("throwing", () => throw new InvalidDataException());
        await MakeAsync("failing", () => ValueTask.FromException(new InvalidDataException()));
        await MakeAsync("last");

        var failures = await Assert.ThrowsAsync<AggregateException>(() => _hub.DisposeAsync().OrHang());

        Assert.Equal(["last", "failing", "throwing", "first"], _disposals);
        Assert.Equal(2, failures.InnerExceptions.Count);
    }

    [Fact]
    public async Task Dispose_AClientMadeUnderTwoKeys_IsDisposedOnce()
    {
        var shared = new TestClient("shared", _disposals);
        await _hub.GetOrInitAsync(ClientKey.Global("one"), (_, _) => ValueTask.FromResult(shared)).OrHang();
        await _hub.GetOrInitAsync(ClientKey.Global("two"), (_, _) => ValueTask.FromResult(shared)).OrHang();

        await _hub.DisposeAsync().OrHang();

        Assert.Equal(1, shared.DisposeCount);
    }

    [Fact]
    public async Task Dispose_AClientMadeUnderTwoKeys_OutlivesWhatWasMadeInBetween()
    {
        var shared = new TestClient("shared", _disposals);
        await _hub.GetOrInitAsync(ClientKey.Global("one"), (_, _) => ValueTask.FromResult(shared)).OrHang();
        await MakeAsync("dependent");
        await _hub.GetOrInitAsync(ClientKey.Global("two"), (_, _) => ValueTask.FromResult(shared)).OrHang();

        await _hub.DisposeAsync().OrHang();

        Assert.Equal(["dependent", "shared"], _disposals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_TellsOfAProductThatNobodyGot_AndThatCouldNotBeDisposed(bool isOvertakenBeforehand)
    {
        var gate = new Gate();
        var product = new TestClient { OnDispose = () => throw new InvalidDataException("of the product") };
        var initialising = _hub.GetOrInitAsync(Key, async (_, _) =>
        {
            await gate.PassAsync();
            return product;
        }).AsTask();
        await gate.Reached;

        if (isOvertakenBeforehand)
        {
            var registered = new TestClient();
            _hub.Register(Key, registered);
            Assert.Same(registered, await initialising.OrHang());
        }

        var disposal = _hub.DisposeAsync().AsTask();
        gate.Open();

        var failures = await Assert.ThrowsAsync<AggregateException>(() => disposal.OrHang());
        Assert.Equal("of the product", Assert.Single(failures.InnerExceptions).Message);
        Assert.Equal(1, product.DisposeCount);
        if (!isOvertakenBeforehand)
            await Assert.ThrowsAsync<ObjectDisposedException>(() => initialising.OrHang());
    }

    [Fact]
    public async Task AfterDispose_TheRefusal_NamesTheClient()
    {
        var slot = _hub.Slot<TestClient>(Key);
        await _hub.DisposeAsync().OrHang();

        foreach (var refused in (Action[])[() => _hub.Get<TestClient>(Key), () => _ = slot.Value, () => _hub.Register(Key, new TestClient())])
        {
            var message = Assert.Throws<ObjectDisposedException>(refused).Message;
            Assert.Contains("'test'", message);
            Assert.Contains(typeof(TestClient).FullName!, message);
        }
    }

    [Fact]
    public async Task Dispose_AClientThatIsDisposableOnly_IsDisposed()
    {
        var made = await _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new MemoryStream())).OrHang();

        await _hub.DisposeAsync().OrHang();

        Assert.False(made.CanRead);
    }

    [Fact]
    public async Task AfterDispose_EverythingIsRefused_ThroughSlotsToo()
    {
        var slot = _hub.Slot<TestClient>(Key);
        await MakeAsync(Key.Name);
        await _hub.DisposeAsync().OrHang();

        Assert.Throws<ObjectDisposedException>(() => _hub.Slot<TestClient>(Key));
        Assert.Throws<ObjectDisposedException>(() => _hub.Get<TestClient>(Key));
        Assert.Throws<ObjectDisposedException>(() => _hub.TryRegister(Key, new TestClient()));
        Assert.Throws<ObjectDisposedException>(() => _hub.Replace(Key, new TestClient(), out _));
        Assert.Throws<ObjectDisposedException>(() => slot.Value);
        Assert.False(slot.TryGet(out _));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => slot.WaitAsync().OrHang());
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            slot.GetOrInitAsync((_, _) => ValueTask.FromResult(new TestClient())).OrHang());
    }

    [Fact]
    public async Task Dispose_FailsThoseWhoWait()
    {
        var waiting = _hub.Slot<TestClient>(Key).WaitAsync().AsTask();

        await _hub.DisposeAsync().OrHang();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.OrHang());
    }

    [Fact]
    public async Task Dispose_DuringAnInitialisation_CancelsIt_WaitsForIt_AndDisposesItsProduct()
    {
        var gate = new Gate();
        var late = new TestClient("late", _disposals);
        var token = default(CancellationToken);
        await MakeAsync("dependency");
        var waiting = _hub.GetOrInitAsync(Key, async (_, cancellationToken) =>
        {
            token = cancellationToken;
            await gate.PassAsync();
            return late;
        }).AsTask();
        await gate.Reached;

        var disposal = _hub.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.OrHang());
        Assert.True(token.IsCancellationRequested);
        Assert.False(disposal.IsCompleted);
        Assert.Empty(_disposals);
        gate.Open();
        await disposal.OrHang();

        Assert.Equal(["late", "dependency"], _disposals);
    }

    [Fact]
    public async Task AnInitialisationThatBeginsWhenTheHubHasBeenClosed_Fails()
    {
        // The caller has passed the check of the hub when it is disposed: it waits for a run that everybody has left to end.
        var slot = _hub.Slot<TestClient>(Key);
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var left = slot.GetOrInitAsync(
            async (_, _) =>
            {
                await gate.PassAsync();
                throw new InvalidDataException();
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());
        var next = slot.GetOrInitAsync((_, _) => throw new InvalidOperationException("must not run")).AsTask();

        var disposal = _hub.DisposeAsync().AsTask();
        gate.Open();

        await disposal.OrHang();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => next.OrHang());
    }

    [Fact]
    public async Task Dispose_RacingWithInitialisations_LeavesNothingUndisposed()
    {
        using var start = new Barrier(2);
        for (var round = 0; round < 200; round++)
        {
            var hub = new ClientHub();
            var made = 0;
            var disposed = 0;
            ValueTask<TestClient> Init(ClientKey key, CancellationToken token)
            {
                Interlocked.Increment(ref made);
                return ValueTask.FromResult(new TestClient
                {
                    OnDispose = () =>
                    {
                        Interlocked.Increment(ref disposed);
                        return ValueTask.CompletedTask;
                    },
                });
            }

            var initialising = Task.Run(async () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 5; i++)
                    await Record.ExceptionAsync(async () => await hub.GetOrInitAsync(ClientKey.Global($"client {i}"), Init));
            });
            start.SignalAndWait();
            await hub.DisposeAsync().OrHang();
            await initialising.OrHang();

            // A run that began just before the end disposes its own product, maybe a moment after its waiter has been told.
            await Condition.BecomesTrueAsync(() => Volatile.Read(ref disposed) == Volatile.Read(ref made));
        }
    }

    private Task<TestClient> MakeAsync(string name, Func<ValueTask>? onDispose = null) =>
        _hub.GetOrInitAsync(
            ClientKey.Global(name),
            (key, _) => ValueTask.FromResult(new TestClient(key.Name, _disposals) { OnDispose = onDispose })).OrHang();
}
