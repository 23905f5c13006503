namespace LockFree.Tests;

public sealed class AsyncOnceDisposalTests
{
    private readonly AsyncOnce<TestClient> _once = new();

    [Fact]
    public async Task TheValue_IsDisposedOnce_AndOneCallWaitsForIt()
    {
        var gate = new Gate();
        var value = new TestClient { OnDispose = () => new ValueTask(gate.PassAsync()) };
        _once.TrySet(value);

        var disposals = Enumerable.Range(0, 4).Select(_ => Task.Run(() => _once.DisposeValueAsync().AsTask())).ToArray();
        await gate.Reached;
        await _once.DisposeValueAsync().OrHang();
        await Condition.BecomesTrueAsync(() => disposals.Count(disposal => disposal.IsCompleted) == 3);
        gate.Open();

        await Task.WhenAll(disposals).OrHang();
        Assert.Equal(1, value.DisposeCount);
    }

    [Fact]
    public async Task AValueThatIsDisposableOnly_IsDisposed()
    {
        var once = new AsyncOnce<MemoryStream>();
        var value = await once.GetAsync(_ => ValueTask.FromResult(new MemoryStream())).OrHang();

        await once.DisposeValueAsync().OrHang();

        Assert.False(value.CanRead);
    }

    [Fact]
    public async Task Afterwards_NothingIsMadeOrSetAnyMore()
    {
        _once.TrySet(new TestClient());
        await _once.DisposeValueAsync().OrHang();

        Assert.False(_once.TryGet(out _));
        Assert.False(_once.Reset(out _));
        Assert.Throws<ObjectDisposedException>(() => _once.TrySet(new TestClient()));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _once.GetAsync(_ => throw new InvalidOperationException("must not run")).OrHang());
    }

    [Fact]
    public async Task ARunUnderWay_IsCancelled_WaitedFor_AndItsLateValueDisposed()
    {
        var gate = new Gate();
        var late = new TestClient();
        var tokenOfRun = default(CancellationToken);
        var waiter = _once.GetAsync(async token =>
        {
            tokenOfRun = token;
            await gate.PassAsync(CancellationToken.None);
            return late;
        }).AsTask();
        await gate.Reached;

        var disposal = _once.DisposeValueAsync().AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiter.OrHang());
        await tokenOfRun.Cancelled();
        Assert.False(disposal.IsCompleted);
        Assert.Equal(0, late.DisposeCount);
        gate.Open();
        await disposal.OrHang();
        Assert.Equal(1, late.DisposeCount);
        Assert.False(_once.TryGet(out _));
    }

    [Fact]
    public async Task ACallerThatWaitsForACancelledRunToEnd_FailsInsteadOfStartingAnother()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var left = _once.GetAsync(
            async _ =>
            {
                await gate.PassAsync(CancellationToken.None);
                throw new InvalidDataException();
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());
        var next = _once.GetAsync(_ => throw new InvalidOperationException("must not run")).AsTask();

        var disposal = _once.DisposeValueAsync().AsTask();
        gate.Open();

        await disposal.OrHang();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => next.OrHang());
    }

    [Fact]
    public async Task ADisposalThatFails_ReachesTheCaller_ALateOneToo()
    {
        _once.TrySet(new TestClient { OnDispose = () => throw new InvalidDataException() });
        await Assert.ThrowsAsync<InvalidDataException>(() => _once.DisposeValueAsync().OrHang());

        var once = new AsyncOnce<TestClient>();
        var gate = new Gate();
        var waiter = once.GetAsync(async _ =>
        {
            await gate.PassAsync(CancellationToken.None);
            return new TestClient { OnDispose = () => throw new InvalidDataException() };
        }).AsTask();
        await gate.Reached;
        var disposal = once.DisposeValueAsync().AsTask();
        gate.Open();

        await Assert.ThrowsAsync<InvalidDataException>(() => disposal.OrHang());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiter.OrHang());
    }

    [Fact]
    public async Task AnInitialiserMayDisposeItsOwnObject_FromItsOwnThreadAndFromAnother()
    {
        var made = new TestClient();
        var waiter = _once.GetAsync(async _ =>
        {
            await _once.DisposeValueAsync();
            await Task.Run(() => _once.DisposeValueAsync().AsTask());
            return made;
        }).AsTask();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiter.OrHang());
        await made.Disposed.OrHang();
        Assert.Equal(1, made.DisposeCount);
    }

    [Fact]
    public async Task ADisposalMayUseTheObject_FromItsOwnThreadAndFromAnother()
    {
        var uses = 0;
        void Use()
        {
            Assert.False(_once.TryGet(out _));
            Assert.False(_once.Reset());
            Assert.Throws<ObjectDisposedException>(() => _once.TrySet(new TestClient()));
            Assert.True(_once.DisposeValueAsync().AsTask().Wait(HangGuard.Limit));
            uses++;
        }

        _once.TrySet(new TestClient
        {
            OnDispose = () =>
            {
                Use();
                var thread = new Thread(Use);
                thread.Start();
                Assert.True(thread.Join(HangGuard.Limit));
                return ValueTask.CompletedTask;
            },
        });

        await _once.DisposeValueAsync().OrHang();

        Assert.Equal(2, uses);
    }
}
