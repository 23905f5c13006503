namespace LockFree.Tests;

/// <summary>Where those who wait go on: never inside the call that answers them, and never on top of one another.</summary>
public sealed class AsyncOnceContinuationTests
{
    private readonly AsyncOnce<string> _once = new();

    [Fact]
    public async Task WaitersGoOnSideBySide()
    {
        var gate = new Gate();
        using var both = new Barrier(2);
        async ValueTask<string> Init(CancellationToken token)
        {
            await gate.PassAsync(token);
            return "value";
        }

        // Each blocks until the other is there too: one thread alone would never get past the first.
        var waiters = Enumerable.Range(0, 2).Select(_ => _once.GetAsync(Init).AsTask().ContinueWith(
            _ => Assert.True(both.SignalAndWait(HangGuard.Limit)),
            TaskContinuationOptions.ExecuteSynchronously)).ToArray();
        await gate.Reached;
        gate.Open();

        await Task.WhenAll(waiters).OrHang();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhoAnswersTheWaiters_DoesNotRunTheirCode(bool byDisposal)
    {
        var gate = new Gate();
        using var hasReturned = new ManualResetEventSlim();
        var waiter = _once.GetAsync(async token =>
        {
            await gate.PassAsync(token);
            return "value";
        }).AsTask().ContinueWith(_ => Assert.True(hasReturned.Wait(HangGuard.Limit)), TaskContinuationOptions.ExecuteSynchronously);
        await gate.Reached;

        Task disposal = Task.CompletedTask;
        if (byDisposal)
            disposal = _once.DisposeValueAsync().AsTask();
        else
            _once.TrySet("set");

        hasReturned.Set();
        await waiter.OrHang();
        await disposal.OrHang();
    }

    [Fact]
    public async Task ThousandsOfWaiters_AreAnsweredWithoutDeepStacks()
    {
        using var staying = new CancellationTokenSource();
        var gate = new Gate();
        async ValueTask<string> Init(CancellationToken token)
        {
            await gate.PassAsync(token);
            return "value";
        }

        // With and without a token of their own: the two wait in different ways.
        var waiters = Enumerable.Range(0, 20_000)
            .Select(i => _once.GetAsync(Init, i % 2 == 0 ? staying.Token : CancellationToken.None).AsTask())
            .ToArray();
        await gate.Reached;
        gate.Open();

        Assert.All(await Task.WhenAll(waiters).OrHang(), value => Assert.Equal("value", value));
    }

    [Fact]
    public async Task ThousandsOfInitialisersThatWaitForOneAnother_InARow_MakeNoDeepStacks()
    {
        var row = Enumerable.Range(0, 5_000).Select(_ => new AsyncOnce<int>()).ToArray();
        async ValueTask<int> MakeAsync(int index, CancellationToken token) =>
            index + 1 == row.Length ? 0 : 1 + await row[index + 1].GetAsync(MakeAsync, index + 1, token);

        Assert.Equal(row.Length - 1, await row[0].GetAsync(MakeAsync, 0).OrHang());
    }

    [Fact]
    public async Task ACallerThatHasSuppressedTheFlowOfItsContext_IsServedToo()
    {
        Task<string> waiter;
        using (ExecutionContext.SuppressFlow())
            waiter = _once.GetAsync(_ => ValueTask.FromResult("value")).AsTask();

        Assert.Equal("value", await waiter.OrHang());
    }
}
