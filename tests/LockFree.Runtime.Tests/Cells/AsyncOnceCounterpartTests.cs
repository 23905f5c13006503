namespace LockFree.Tests;

/// <summary>What other lazy asynchronous values have got wrong, one test for each.</summary>
public sealed class AsyncOnceCounterpartTests
{
    private readonly AsyncOnce<string> _once = new();

    /// <summary>DotNext's AsyncLazy hands the first caller's token to the factory, and cancels every waiter with it; tokio's OnceCell starts a second
    /// initialiser when the caller that runs the first is cancelled (tokio#4496).</summary>
    [Fact]
    public async Task TheCancellationOfTheFirstCaller_NeitherEndsTheRunNorStartsAnother()
    {
        var gate = new Gate();
        using var leaving = new CancellationTokenSource();
        var tokenOfRun = default(CancellationToken);
        var starter = _once.GetAsync(
            async token =>
            {
                tokenOfRun = token;
                await gate.PassAsync(token);
                return "value";
            },
            leaving.Token).AsTask();
        await gate.Reached;
        var other = _once.GetAsync(_ => throw new InvalidOperationException("joined")).AsTask();

        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starter.OrHang());
        Assert.False(tokenOfRun.IsCancellationRequested);
        gate.Open();

        Assert.Equal("value", await other.OrHang());
    }

    /// <summary>vs-threading#952, open since 2021: the value factory of an AsyncLazy goes on when all of its callers have left.</summary>
    [Fact]
    public async Task ARunThatNobodyWaitsForAnyMore_IsCancelled()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var tokenOfRun = new TaskCompletionSource<CancellationToken>();
        async ValueTask<string> Init(CancellationToken token)
        {
            tokenOfRun.SetResult(token);
            await gate.PassAsync(token);
            return "value";
        }

        var waiters = new[] { _once.GetAsync(Init, leaving.Token).AsTask(), _once.GetAsync(Init, leaving.Token).AsTask() };
        var token = await tokenOfRun.Task.OrHang();
        Assert.False(token.IsCancellationRequested);
        leaving.Cancel();

        await token.Cancelled();
        foreach (var waiter in waiters)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.OrHang());
    }

    /// <summary>The other half of vs-threading#952: a cancelled factory must not run beside its successor.</summary>
    [Fact]
    public async Task ACancelledRun_IsNeverOverlappedByTheNext()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var hasFirstEnded = false;
        var first = _once.GetAsync(
            async token =>
            {
                await gate.PassAsync(CancellationToken.None);
                hasFirstEnded = true;
                token.ThrowIfCancellationRequested();
                return "first";
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.OrHang());

        var second = _once.GetAsync(token =>
        {
            Assert.True(hasFirstEnded);
            Assert.False(token.IsCancellationRequested);
            return ValueTask.FromResult("second");
        }).AsTask();
        Assert.False(second.IsCompleted);
        gate.Open();

        Assert.Equal("second", await second.OrHang());
    }

    /// <summary><c>Lazy&lt;Task&gt;</c> and the AsyncLazy of vs-threading and DotNext answer with the first fault for the rest of the process.</summary>
    [Fact]
    public async Task AFault_ReachesEveryWaiterPresent_AndIsNotKeptForEver()
    {
        var gate = new Gate();
        var fault = new InvalidDataException();
        async ValueTask<string> Init(CancellationToken token)
        {
            await gate.PassAsync(token);
            throw fault;
        }

        var waiters = new[] { _once.GetAsync(Init).AsTask(), _once.GetAsync(Init).AsTask() };
        await gate.Reached;
        gate.Open();

        foreach (var waiter in waiters)
            Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => waiter.OrHang()));
        Assert.False(_once.TryGet(out _));
        Assert.Equal("value", await _once.GetAsync(_ => ValueTask.FromResult("value")).OrHang());
    }

    /// <summary>BitFaster.Caching#686: a failed factory surfaced as an unobserved task exception.</summary>
    [Fact]
    public async Task AFaultThatNobodyWaitsForAnyMore_IsNotReportedAsUnobserved()
    {
        using var unobserved = new UnobservedExceptions();

        await FailAfterEverybodyLeftAsync(unobserved.Message);

        Assert.Equal(0, unobserved.Collect());
    }

    private static async Task FailAfterEverybodyLeftAsync(string message)
    {
        var once = new AsyncOnce<string>();
        var gate = new Gate();
        using var leaving = new CancellationTokenSource();
        var waiter = once.GetAsync(
            async _ =>
            {
                await gate.PassAsync(CancellationToken.None);
                throw new InvalidDataException(message);
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.OrHang());
        gate.Open();

        // Answered only when the failed run has ended.
        Assert.Equal("value", await once.GetAsync(_ => ValueTask.FromResult("value")).OrHang());
    }

    /// <summary>AsyncEx#287 and BitFaster's AsyncAtomicFactory: whoever waits has to wait to the end.</summary>
    [Fact]
    public async Task AWaiterCanLeave_ThoughItIsNotTheFirst()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var first = _once.GetAsync(async token =>
        {
            await gate.PassAsync(token);
            return "value";
        }).AsTask();
        await gate.Reached;
        var second = _once.GetAsync(_ => throw new InvalidOperationException("joined"), leaving.Token).AsTask();

        leaving.Cancel();

        var left = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.OrHang());
        Assert.Equal(leaving.Token, left.CancellationToken);
        gate.Open();
        Assert.Equal("value", await first.OrHang());
    }

    /// <summary>A <c>Lazy&lt;Task&gt;</c> runs its factory in the context of whoever happens to come first: its tenant, its culture, its trace.</summary>
    [Fact]
    public async Task TheRunSeesNothingOfTheFirstCallersContext()
    {
        var ambient = new AsyncLocal<string> { Value = "tenant of the first caller" };
        string? seen = null;
        var context = new SynchronizationContext();
        SynchronizationContext? seenContext = context;

        // On a thread of its own, whose context harms no other test.
        await Task.Factory.StartNew(
            () =>
            {
                SynchronizationContext.SetSynchronizationContext(context);
                _once.GetAsync(_ =>
                {
                    seen = ambient.Value;
                    seenContext = SynchronizationContext.Current;
                    return ValueTask.FromResult("value");
                }).AsTask().Wait(HangGuard.Limit);
            },
            TaskCreationOptions.LongRunning).OrHang();

        Assert.True(_once.TryGet(out _));
        Assert.Null(seen);
        Assert.Null(seenContext);
        Assert.Equal("tenant of the first caller", ambient.Value);
    }

    /// <summary>tokio's OnceCell deadlocks, as documented.</summary>
    [Fact]
    public async Task AnInitialiserThatAsksForItsOwnValueAfterAnAwait_Throws()
    {
        var recursion = await Assert.ThrowsAsync<InvalidOperationException>(() => _once.GetAsync(async token =>
        {
            await Task.Yield();
            return await _once.GetAsync(_ => ValueTask.FromResult("inner"), token);
        }).OrHang());

        Assert.Contains(typeof(string).FullName!, recursion.Message);
    }
}
