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
    public async Task AnInitialiserMayDisposeItsHub_FromItsOwnThreadAndFromAnother()
    {
        var product = new TestClient();
        var waiting = _hub.GetOrInitAsync(Key, async (_, _) =>
        {
            await _hub.DisposeAsync();
            await Task.Run(() => _hub.DisposeAsync().AsTask());
            return product;
        }).AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.OrHang());
        await product.Disposed.OrHang();
    }

    [Fact]
    public async Task AClientMayUseItsHubWhileItIsDisposed_FromItsOwnThreadAndFromAnother()
    {
        var seen = new List<Type>();
        void Use()
        {
            seen.Add(Record.Exception(() => _hub.Get<TestClient>(Key)).GetType());
            _hub.DisposeAsync().GetAwaiter().GetResult();
        }

        await MakeAsync(Key.Name, () =>
        {
            Use();
            var thread = new Thread(Use);
            thread.Start();
            Assert.True(thread.Join(HangGuard.Limit));
            return ValueTask.CompletedTask;
        });

        await _hub.DisposeAsync().OrHang();

        Assert.Equal([typeof(ObjectDisposedException), typeof(ObjectDisposedException)], seen);
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
            await SpinUntilAsync(() => Volatile.Read(ref disposed) == Volatile.Read(ref made));
        }
    }

    private static async Task SpinUntilAsync(Func<bool> condition)
    {
        var patience = new CancellationTokenSource(HangGuard.Limit);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<TestClient> MakeAsync(string name, Func<ValueTask>? onDispose = null) =>
        _hub.GetOrInitAsync(
            ClientKey.Global(name),
            (key, _) => ValueTask.FromResult(new TestClient(key.Name, _disposals) { OnDispose = onDispose })).OrHang();
}
