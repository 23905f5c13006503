namespace LockFree.Tests;

/// <summary>What an initialiser may do to the object that runs it: everything, except to wait for itself.</summary>
public sealed class AsyncOnceReentrancyTests
{
    private readonly AsyncOnce<string> _once = new();

    [Fact]
    public async Task AnInitialiserThatComesBackForItsOwnValue_Throws()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _once.GetAsync(token => _once.GetAsync(_ => ValueTask.FromResult("inner"), token)).OrHang());

        Assert.Equal("value", await _once.GetAsync(_ => ValueTask.FromResult("value")).OrHang());
    }

    [Fact]
    public async Task AnInitialiserThatComesBackOnAnotherThread_Throws()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _once.GetAsync(async token =>
                await Task.Run(async () => await _once.GetAsync(_ => ValueTask.FromResult("inner"), token), token)).OrHang());
    }

    [Fact]
    public async Task AnInitialiserThatBlocksOnAThreadThatComesBack_Throws()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _once.GetAsync(token =>
        {
            Exception? refusal = null;
            var thread = new Thread(() =>
                refusal = Record.Exception(() => _once.GetAsync(_ => ValueTask.FromResult("inner"), token).AsTask().GetAwaiter().GetResult()));
            thread.Start();
            Assert.True(thread.Join(HangGuard.Limit));
            throw refusal!;
        }).OrHang());
    }

    [Fact]
    public async Task AnInitialiserThatCatchesItsRecursion_StillMakesTheValue()
    {
        var value = await _once.GetAsync(async _ =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => _once.GetAsync(_ => ValueTask.FromResult("inner")).AsTask());
            return "outer";
        }).OrHang();

        Assert.Equal("outer", value);
    }

    [Fact]
    public async Task ACircleOfInitialisers_Throws()
    {
        var other = new AsyncOnce<string>();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _once.GetAsync(token => other.GetAsync(token => _once.GetAsync(_ => ValueTask.FromResult("inner"), token), token)).OrHang());
    }

    [Fact]
    public async Task TwoInitialisersStartedIndependently_ThatWaitForEachOther_DoNotHang()
    {
        var other = new AsyncOnce<string>();
        using var bothRun = new CountdownEvent(2);
        ValueTask<string> WaitFor(AsyncOnce<string> target)
        {
            bothRun.Signal();
            Assert.True(bothRun.Wait(HangGuard.Limit));
            return target.GetAsync(_ => ValueTask.FromResult("not reached"));
        }

        var mine = _once.GetAsync(_ => WaitFor(other)).AsTask();
        var others = other.GetAsync(_ => WaitFor(_once)).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => mine.OrHang());
        await Assert.ThrowsAsync<InvalidOperationException>(() => others.OrHang());
    }

    [Fact]
    public async Task InitialisersThatShareADependency_AreNoCircle()
    {
        var left = new AsyncOnce<string>();
        var right = new AsyncOnce<string>();
        var shared = new AsyncOnce<string>();
        var gate = new Gate();
        ValueTask<string> Shared(CancellationToken token) => shared.GetAsync(
            async token =>
            {
                await gate.PassAsync(token);
                return "shared";
            },
            token);

        var value = _once.GetAsync(async token =>
        {
            var both = await Task.WhenAll(left.GetAsync(Shared, token).AsTask(), right.GetAsync(Shared, token).AsTask());
            return string.Concat(both);
        }).AsTask();
        await gate.Reached;
        gate.Open();

        Assert.Equal("sharedshared", await value.OrHang());
    }

    [Fact]
    public async Task ACallerIsNotTakenForTheRunItStarted()
    {
        var gate = new Gate();
        ValueTask<string> Init(CancellationToken token) => new(PassAsync());
        async Task<string> PassAsync()
        {
            await gate.PassAsync();
            return "value";
        }

        // All in one flow: the first call starts the run, the second joins it.
        var first = _once.GetAsync(Init);
        var second = _once.GetAsync(Init);
        await gate.Reached;
        var third = _once.GetAsync(Init);
        gate.Open();

        Assert.Equal("value", await first.OrHang());
        Assert.Equal("value", await second.OrHang());
        Assert.Equal("value", await third.OrHang());
    }

    [Fact]
    public async Task WhatAnInitialiserLeavesRunning_MayAskForALaterValue()
    {
        var gate = new Gate();
        var leftRunning = Task.FromResult("");
        await _once.GetAsync(_ =>
        {
            leftRunning = Task.Run(async () =>
            {
                await gate.PassAsync();
                return await _once.GetAsync(_ => ValueTask.FromResult("later"));
            });
            return ValueTask.FromResult("first");
        }).OrHang();
        _once.Reset();
        gate.Open();

        Assert.Equal("later", await leftRunning.OrHang());
    }

    [Fact]
    public async Task AnInitialiserMayUseItsObject_FromItsOwnThreadAndFromAnother()
    {
        void UseAll()
        {
            Assert.False(_once.TryGet(out _));
            Assert.False(_once.Reset());
            Assert.True(_once.IsRunning);
        }

        var value = await _once.GetAsync(_ =>
        {
            UseAll();
            var thread = new Thread(UseAll);
            thread.Start();
            Assert.True(thread.Join(HangGuard.Limit));
            return ValueTask.FromResult("value");
        }).OrHang();

        Assert.Equal("value", value);
    }

    [Fact]
    public async Task AnInitialiserMaySetTheValueItself()
    {
        Assert.Equal("set", await _once.GetAsync(_ =>
        {
            _once.TrySet("set");
            return ValueTask.FromResult("returned");
        }).OrHang());
        Assert.True(_once.TryGet(out var value));
        Assert.Equal("set", value);
    }

    [Fact]
    public async Task ACallbackOfTheRunsToken_RunsUnderNoLock()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var calledBack = new TaskCompletionSource<bool>();
        var waiter = _once.GetAsync(
            async token =>
            {
                token.Register(() =>
                {
                    // On another thread, so that a lock held by this one would be in the way.
                    var thread = new Thread(() => _once.Reset());
                    thread.Start();
                    calledBack.SetResult(thread.Join(HangGuard.Limit));
                });
                await gate.PassAsync(token);
                return "value";
            },
            leaving.Token).AsTask();
        await gate.Reached;

        leaving.Cancel();

        Assert.True(await calledBack.Task.OrHang());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.OrHang());
    }

    [Fact]
    public async Task AWaitThatWasLeft_IsForgotten()
    {
        var other = new AsyncOnce<string>();
        using var leaving = new CancellationTokenSource();
        var otherGate = new Gate();
        var mineGate = new Gate();
        var hasAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = other.GetAsync(async _ =>
        {
            await otherGate.PassAsync();
            var mine = _once.GetAsync(_ => throw new InvalidOperationException("joined")).AsTask();
            hasAsked.SetResult();
            return await mine;
        }).AsTask();
        await otherGate.Reached;
        var mine = _once.GetAsync(async _ =>
        {
            // Mine waits for the other's, and then does not any more.
            var waiting = other.GetAsync(_ => throw new InvalidOperationException("joined"), leaving.Token).AsTask();
            leaving.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await mineGate.PassAsync();
            return "mine";
        }).AsTask();
        await mineGate.Reached;

        // Now the other may wait for mine: there is no circle.
        otherGate.Open();
        await hasAsked.Task.OrHang();
        mineGate.Open();

        Assert.Equal("mine", await mine.OrHang());
        Assert.Equal("mine", await others.OrHang());
    }

    [Fact]
    public async Task WhatASynchronousFactoryLeavesRunning_StillBelongsToTheRunAroundIt()
    {
        var map = new ShardedMap<string, Task<string>>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _once.GetAsync(async _ =>
        {
            // The factory has ended when its task asks for the value of the run that waits for the task.
            var gate = new Gate();
            var left = map.GetOrAddOnce("key", _ => Task.Run(async () =>
            {
                await gate.PassAsync();
                return await _once.GetAsync(_ => ValueTask.FromResult("inner"));
            }));
            gate.Open();
            return await left;
        }).OrHang());
    }

    [Fact]
    public async Task ACircleThroughAMapAndAHub_Throws()
    {
        var map = new ShardedMap<string, string>();
        var hub = new ClientHub();

        var circle = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _once.GetAsync(async token =>
                await map.GetOrAddAsync(
                    "key",
                    async (_, token) =>
                    {
                        var client = await hub.GetOrInitAsync(
                            ClientKey.Global("client"),
                            (_, token) => ValueTask.FromResult(new TestClient(map.GetOrAddOnce(
                                "other",
                                _ => _once.GetAsync(_ => ValueTask.FromResult("inner"), token).AsTask().GetAwaiter().GetResult()))),
                            token);
                        return client.Name;
                    },
                    token)).OrHang());

        // Who closes the circle is whoever comes to wait last.
        Assert.Contains("waits, directly or through other initialisers, for its own", circle.Message);
        Assert.Empty(map);
    }
}
