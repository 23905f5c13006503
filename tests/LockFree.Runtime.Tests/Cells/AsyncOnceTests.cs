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
    public async Task GetAsync_WhenTheStarterLeaves_TheOthersGetTheValue()
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

    [Fact]
    public async Task GetAsync_WhenTheLastWaiterLeaves_TheRunIsCancelled()
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

    [Fact]
    public async Task GetAsync_AfterTheLastWaiterHasLeft_StartsAnewOnlyWhenTheCancelledRunHasEnded()
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
    public async Task GetAsync_AFault_ReachesEveryWaiterPresent_AndIsNotKept()
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
    public async Task GetAsync_TheRunSeesNothingOfTheCallersContext()
    {
        var ambient = new AsyncLocal<string> { Value = "tenant of the first caller" };
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());

        var seen = await _once.GetAsync(_ => ValueTask.FromResult($"{ambient.Value}{SynchronizationContext.Current}")).OrHang();

        Assert.Equal("", seen);
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
    public async Task TrySet_DuringARun_ServesItsWaiters_CancelsIt_AndDropsItsResult()
    {
        var gate = new Gate();
        var tokenOfRun = new TaskCompletionSource<CancellationToken>();
        var waiter = _once.GetAsync(async token =>
        {
            tokenOfRun.SetResult(token);
            await gate.PassAsync(CancellationToken.None);
            return "late";
        }).AsTask();
        var token = await tokenOfRun.Task.OrHang();

        Assert.True(_once.TrySet("set"));
        Assert.False(_once.TrySet("second"));

        Assert.Equal("set", await waiter.OrHang());
        await token.Cancelled();
        Assert.True(_once.Reset());
        var next = _once.GetAsync(_ => ValueTask.FromResult("next")).AsTask();
        Assert.False(next.IsCompleted);
        gate.Open();
        Assert.Equal("next", await next.OrHang());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TrySet_WhileTheRunEnds_ItsWaitersGetWhatWasSet_HoweverCloseTheRace(bool runSucceeds)
    {
        using var barrier = new Barrier(2);
        for (var round = 0; round < 2_000; round++)
        {
            var once = new AsyncOnce<string>();
            var token = default(CancellationToken);
            var waiting = once.GetAsync(tokenOfRun =>
            {
                token = tokenOfRun;
                barrier.SignalAndWait();
                return runSucceeds ? ValueTask.FromResult("made") : throw new InvalidDataException();
            }).AsTask();
            barrier.SignalAndWait();

            var isSet = once.TrySet("set");

            // The token tells who was first: it is cancelled when the run was overtaken, and only then.
            var fault = await Record.ExceptionAsync(() => waiting.OrHang());
            if (token.IsCancellationRequested)
                Assert.Equal("set", fault is null ? await waiting : fault.ToString());
            else if (runSucceeds)
                Assert.Equal("made", await waiting);
            else
                Assert.IsType<InvalidDataException>(fault);

            Assert.Equal(isSet ? "set" : "made", await once.GetAsync(_ => ValueTask.FromResult("late")).OrHang());
        }
    }

    [Fact]
    public async Task Reset_DuringARun_ItsWaitersGetTheResult_ThoseWhoComeLaterDoNot()
    {
        var gate = new Gate();
        var before = _once.GetAsync(async token =>
        {
            await gate.PassAsync(token);
            return "stale";
        }).AsTask();
        await gate.Reached;

        Assert.False(_once.Reset());
        var after = _once.GetAsync(_ => ValueTask.FromResult("fresh")).AsTask();
        gate.Open();

        Assert.Equal("stale", await before.OrHang());
        Assert.Equal("fresh", await after.OrHang());
        Assert.True(_once.TryGet(out var kept));
        Assert.Equal("fresh", kept);
    }

    [Fact]
    public async Task Reset_OfSeveralRacingCalls_OneGetsTheValue()
    {
        _once.TrySet("value");
        using var start = new Barrier(4);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return _once.Reset(out var value) ? value : null;
            },
            TaskCreationOptions.LongRunning))).OrHang();

        Assert.Equal("value", Assert.Single(results, result => result is not null));
    }

    [Fact]
    public async Task AFaultThatNobodyWaitsForAnyMore_IsNotReportedAsUnobserved()
    {
        var message = Guid.NewGuid().ToString();
        var reported = 0;
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs arguments)
        {
            if (arguments.Exception.ToString().Contains(message))
                Interlocked.Increment(ref reported);
        }

        TaskScheduler.UnobservedTaskException += OnUnobserved;
        await FailAfterEverybodyLeftAsync(message);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        Assert.Equal(0, reported);
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
}
