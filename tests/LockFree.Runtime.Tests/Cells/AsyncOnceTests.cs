namespace LockFree.Tests;

public sealed class AsyncOnceTests
{
    private readonly AsyncOnce<string> _once = new();

    [Fact]
    public async Task GetAsync_RacingCallers_ShareOneRun()
    {
        var gate = new Gate();
        var runs = 0;
        async ValueTask<string> Init(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref runs);
            await gate.PassAsync(cancellationToken);
            return new string("value");
        }

        var racing = Enumerable.Range(0, 8).Select(_ => Task.Run(() => _once.GetAsync(Init).AsTask())).ToArray();
        await gate.Reached;
        gate.Open();
        var values = await Task.WhenAll(racing).OrHang();

        Assert.Equal(1, runs);
        Assert.All(values, value => Assert.Same(values[0], value));
        Assert.Same(values[0], await _once.GetAsync(_ => throw new InvalidOperationException("must not run")));
    }

    [Fact]
    public async Task GetAsync_WhileACancelledRunEnds_CanBeLeft()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var first = _once.GetAsync(
            async _ =>
            {
                await gate.PassAsync(CancellationToken.None);
                return "first";
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.OrHang());

        using var leavingToo = new CancellationTokenSource();
        var second = _once.GetAsync(_ => ValueTask.FromResult("second"), leavingToo.Token).AsTask();
        leavingToo.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.OrHang());
        gate.Open();
        Assert.Equal("first", await _once.GetAsync(_ => ValueTask.FromResult("third")).OrHang());
    }

    [Fact]
    public async Task GetAsync_ARunThatSucceedsThoughCancelled_IsKept()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var first = _once.GetAsync(
            async _ =>
            {
                await gate.PassAsync(CancellationToken.None);
                return "first";
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.OrHang());
        var second = _once.GetAsync(_ => throw new InvalidOperationException("must not run")).AsTask();
        gate.Open();

        Assert.Equal("first", await second.OrHang());
    }

    [Fact]
    public async Task GetAsync_AWaiterThatTriesAgainAfterAFault_NeverMeetsTheFailedRunAgain()
    {
        for (var round = 0; round < 500; round++)
        {
            var once = new AsyncOnce<int>();
            var attempts = 0;
            async Task<int> GetWithRetryAsync()
            {
                try
                {
                    return await once.GetAsync(Init);
                }
                catch (InvalidDataException)
                {
                    return await once.GetAsync(Init);
                }
            }

            ValueTask<int> Init(CancellationToken token) =>
                Interlocked.Increment(ref attempts) == 1 ? throw new InvalidDataException() : ValueTask.FromResult(attempts);

            var values = await Task.WhenAll(GetWithRetryAsync(), GetWithRetryAsync()).OrHang();
            Assert.Equal([2, 2], values);
        }
    }

    [Fact]
    public async Task GetAsync_TheInitialisersOwnCancellation_ReachesTheWaitersWithItsCause()
    {
        var cause = new TaskCanceledException("timed out", new TimeoutException());

        var seen = await Assert.ThrowsAsync<TaskCanceledException>(() => _once.GetAsync(_ => throw cause).OrHang());

        Assert.IsType<TimeoutException>(seen.InnerException);
        Assert.Equal("value", await _once.GetAsync(_ => ValueTask.FromResult("value")).OrHang());
    }

    [Fact]
    public async Task GetAsync_AnInitialiserThatBlocksItsThread_DoesNotHoldTheStarter()
    {
        using var blocked = new ManualResetEventSlim();
        using var reached = new ManualResetEventSlim();
        using var leaving = new CancellationTokenSource();
        var starter = _once.GetAsync(
            _ =>
            {
                reached.Set();
                blocked.Wait();
                return ValueTask.FromResult("value");
            },
            leaving.Token).AsTask();
        Assert.True(reached.Wait(HangGuard.Limit));
        leaving.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starter.OrHang());
        blocked.Set();
    }

    [Fact]
    public async Task GetAsync_WithTheValueThere_IgnoresACancelledToken()
    {
        Assert.True(_once.TrySet("value"));

        Assert.Equal("value", await _once.GetAsync(_ => throw new InvalidOperationException(), new CancellationToken(true)));
    }

    [Fact]
    public async Task GetAsync_WithoutAValueAndWithACancelledToken_RunsNothing()
    {
        var hasRun = false;
        var waiter = _once.GetAsync(
            _ =>
            {
                hasRun = true;
                return ValueTask.FromResult("value");
            },
            new CancellationToken(true)).AsTask();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.OrHang());
        Assert.False(hasRun);
        Assert.False(_once.IsRunning);
    }

    [Fact]
    public void ReadingTheValue_AllocatesNothing()
    {
        _once.TrySet("value");
        Func<CancellationToken, ValueTask<string>> init = static _ => ValueTask.FromResult("other");

        Assert.Equal(0, Allocations.Of(() => _once.TryGet(out _)));
        Assert.Equal(0, Allocations.Of(() => _once.GetAsync(init).GetAwaiter().GetResult()));
        Assert.Equal(0, Allocations.Of(() => _once.GetAsync(static (_, _) => ValueTask.FromResult("other"), 1).GetAwaiter().GetResult()));
    }
}
