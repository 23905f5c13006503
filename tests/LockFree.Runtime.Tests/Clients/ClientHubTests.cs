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
    public void Get_OfAClientThatIsThereUnderAnotherType_NamesThatType()
    {
        _hub.Register(Key, new TestClient());

        var byKey = Assert.Throws<ClientNotInitializedException>(() => _hub.Get<ITestClient>(Key));
        var bySlot = Assert.Throws<ClientNotInitializedException>(() => _hub.Slot<ITestClient>(Key).Value);

        Assert.Contains($"of type {typeof(TestClient)}: use the same type", byKey.Message);
        Assert.Equal(byKey.Message, bySlot.Message);
        Assert.DoesNotContain("use the same type", Assert.Throws<ClientNotInitializedException>(() => _hub.Get<ITestClient>(ClientKey.Global("other"))).Message);
    }

    [Fact]
    public async Task Get_OfAClientThatIsThereInOtherScopes_NamesThem()
    {
        var inAsia = ClientKey.Scoped("asia", Key.Name);
        _hub.Slot<TestClient>(inAsia);
        _hub.Register<ITestClient>(inAsia, new TestClient());
        Assert.Contains("There is one of this name in the scope 'asia': use the same scope in both places.", MissingMessage(Key));

        _hub.Register<ITestClient>(ClientKey.Scoped("us", Key.Name), new TestClient());
        _hub.Register<ITestClient>(Key, new TestClient());
        Assert.Contains(
            "There is one of this name without a scope, in the scope 'asia', in the scope 'us': use", MissingMessage(ClientKey.Scoped("eu", Key.Name)));

        // Neither what is gone, nor another name, nor another type.
        await _hub.RemoveAsync<ITestClient>(inAsia).OrHang();
        Assert.Contains("without a scope, in the scope 'us': use", MissingMessage(inAsia));
        Assert.DoesNotContain("scope", MissingMessage(ClientKey.Global("other")));
        Assert.DoesNotContain("There is one", Assert.Throws<ClientNotInitializedException>(() => _hub.Get<TestClient>(inAsia)).Message);

        string MissingMessage(ClientKey key) => Assert.Throws<ClientNotInitializedException>(() => _hub.Get<ITestClient>(key)).Message;
    }

    [Fact]
    public async Task Get_OfAClientWhoseInitialiserIsRunning_SaysSo()
    {
        var gate = new Gate();
        var pending = _hub.GetOrInitAsync(Key, async (_, token) =>
        {
            await gate.PassAsync(token);
            return new TestClient();
        }).AsTask();
        await gate.Reached;

        var exception = Assert.Throws<ClientNotInitializedException>(() => _hub.Get<TestClient>(Key));

        Assert.Contains("Its initialiser is running: await GetOrInitAsync or WaitAsync", exception.Message);
        gate.Open();
        await pending.OrHang();
    }

    [Fact]
    public void Register_OfASecondClient_NamesTheWaysOut()
    {
        _hub.Register(Key, new TestClient());

        var exception = Assert.Throws<InvalidOperationException>(() => _hub.Register(Key, new TestClient()));

        Assert.Contains("'test'", exception.Message);
        Assert.Contains(typeof(TestClient).FullName!, exception.Message);
        Assert.Contains("TryRegister", exception.Message);
        Assert.Contains("Replace", exception.Message);
    }

    [Fact]
    public async Task GetOrInit_AnInitialiserThatAsksForItsOwnClient_IsToldWhich()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _hub.GetOrInitAsync(
            Key, (key, token) => _hub.GetOrInitAsync(key, (_, _) => ValueTask.FromResult(new TestClient()), token)).OrHang());

        Assert.Contains($"the client 'test' of type {typeof(TestClient)} waits", exception.Message);
        Assert.False(_hub.TryGet<TestClient>(Key, out _));
    }

    [Fact]
    public async Task Remove_LeavesThoseAloneWhoWaitForTheNextClient()
    {
        _hub.Register(Key, new TestClient("first"));
        Assert.True(await _hub.RemoveAsync<TestClient>(Key).OrHang());
        var waiting = _hub.Slot<TestClient>(Key).WaitAsync().AsTask();

        Assert.False(await _hub.RemoveAsync<TestClient>(Key).OrHang());

        Assert.False(waiting.IsCompleted);
        var second = new TestClient("second");
        _hub.Register(Key, second);
        Assert.Same(second, await waiting.OrHang());
    }

    [Fact]
    public async Task Remove_DuringAnInitialisation_LeavesItAlone()
    {
        var gate = new Gate();
        var pending = _hub.GetOrInitAsync(Key, async (_, token) =>
        {
            await gate.PassAsync(token);
            return new TestClient();
        }).AsTask();
        await gate.Reached;

        Assert.False(await _hub.RemoveAsync<TestClient>(Key).OrHang());
        gate.Open();

        var made = await pending.OrHang();
        Assert.Same(made, _hub.Get<TestClient>(Key));
        Assert.Equal(0, made.DisposeCount);
    }

    [Fact]
    public async Task Replace_DuringAnInitialisation_AnswersItsWaiters_AndThereIsNoOldClient()
    {
        var gate = new Gate();
        var product = new TestClient("product");
        var pending = _hub.GetOrInitAsync(Key, async (_, _) =>
        {
            await gate.PassAsync();
            return product;
        }).AsTask();
        await gate.Reached;
        var replacement = new TestClient("replacement");

        Assert.False(_hub.Replace(Key, replacement, out _));

        Assert.Same(replacement, await pending.OrHang());
        gate.Open();
        await product.Disposed.OrHang();
        Assert.Same(replacement, _hub.Get<TestClient>(Key));
    }

    [Fact]
    public void Register_ThenGet_ReturnsTheClient()
    {
        var client = new TestClient();
        _hub.Register<ITestClient>(Key, client);

        Assert.Same(client, _hub.Get<ITestClient>(Key));
        Assert.Same(client, _hub.Slot<ITestClient>(Key).Value);
    }

    [Fact]
    public async Task TryRegister_RacingCallers_OneSucceeds()
    {
        using var start = new Barrier(4);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(index => Task.Factory.StartNew(
            () =>
            {
                var client = new TestClient(index.ToString());
                start.SignalAndWait();
                return _hub.TryRegister(Key, client) ? client : null;
            },
            TaskCreationOptions.LongRunning))).OrHang();

        Assert.Same(Assert.Single(results, client => client is not null), _hub.Get<TestClient>(Key));
    }

    [Fact]
    public void AKey_IsUsedWithEachTypeByItself()
    {
        var client = new TestClient();
        _hub.Register<ITestClient>(Key, client);

        Assert.False(_hub.TryGet<TestClient>(Key, out _));
        Assert.True(_hub.TryGet<ITestClient>(Key, out var found));
        Assert.Same(client, found);
        Assert.False(_hub.TryGet<ITestClient>(ClientKey.Scoped("eu", "test"), out _));
    }

    [Fact]
    public async Task Slot_RacingCallers_GetTheSameOne()
    {
        using var start = new Barrier(4);
        for (var round = 0; round < 50; round++)
        {
            var key = ClientKey.Global($"round {round}");
            var slots = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return _hub.Slot<TestClient>(key);
                },
                TaskCreationOptions.LongRunning))).OrHang();

            Assert.All(slots, slot => Assert.Same(slots[0], slot));
        }
    }

    [Fact]
    public void ASlotThatIsKept_SeesEveryChange()
    {
        var slot = _hub.Slot<TestClient>(Key);
        Assert.Throws<ClientNotInitializedException>(() => slot.Value);
        var first = new TestClient("first");
        var second = new TestClient("second");

        Assert.False(_hub.Replace(Key, first, out var old));
        Assert.Null(old);
        Assert.Same(first, slot.Value);
        Assert.True(_hub.Replace(Key, second, out old));
        Assert.Same(first, old);
        Assert.Same(second, slot.Value);
    }

    [Fact]
    public async Task Remove_DisposesWhatTheHubMade_AndLeavesAloneWhatWasRegistered()
    {
        var made = await _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new TestClient())).OrHang();
        Assert.True(await _hub.RemoveAsync<TestClient>(Key).OrHang());
        Assert.False(await _hub.RemoveAsync<TestClient>(Key).OrHang());
        Assert.Equal(1, made.DisposeCount);

        var registered = new TestClient();
        _hub.Register(Key, registered);
        Assert.True(await _hub.RemoveAsync<TestClient>(Key).OrHang());
        Assert.Equal(0, registered.DisposeCount);

        var again = await _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new TestClient())).OrHang();
        Assert.NotSame(made, again);
        Assert.Equal(0, again.DisposeCount);
    }

    [Fact]
    public async Task Remove_RacingCallers_DisposeOnce()
    {
        using var start = new Barrier(2);
        for (var round = 0; round < 200; round++)
        {
            var made = await _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new TestClient())).OrHang();
            var removed = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait();
                return _hub.RemoveAsync<TestClient>(Key).AsTask();
            }))).OrHang();

            Assert.Single(removed, wasRemoved => wasRemoved);
            Assert.Equal(1, made.DisposeCount);
        }
    }

    [Fact]
    public async Task WhatReplaceHandsOut_IsTheCallersToDispose()
    {
        var made = await _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new TestClient())).OrHang();
        _hub.Replace(Key, new TestClient(), out var old);
        Assert.Same(made, old);

        await _hub.DisposeAsync().OrHang();

        Assert.Equal(0, made.DisposeCount);
    }

    [Fact]
    public async Task Clients_TellWhatIsThereInWhichState()
    {
        var gate = new Gate();
        _hub.Slot<ITestClient>(ClientKey.Global("missing"));
        _hub.Register(ClientKey.Global("registered"), new TestClient());
        await _hub.GetOrInitAsync(ClientKey.Global("made"), (_, _) => ValueTask.FromResult(new TestClient())).OrHang();
        var pending = _hub.GetOrInitAsync(ClientKey.Scoped("eu", "pending"), async (_, token) =>
        {
            await gate.PassAsync(token);
            return new TestClient();
        }).AsTask();
        await gate.Reached;

        Assert.Equal(
            [
                new ClientInfo(ClientKey.Global("made"), typeof(TestClient), ClientState.Initialized),
                new ClientInfo(ClientKey.Global("missing"), typeof(ITestClient), ClientState.Missing),
                new ClientInfo(ClientKey.Scoped("eu", "pending"), typeof(TestClient), ClientState.Initializing),
                new ClientInfo(ClientKey.Global("registered"), typeof(TestClient), ClientState.Registered),
            ],
            _hub.Clients.OrderBy(client => client.Key.Name, StringComparer.Ordinal));
        gate.Open();
        await pending.OrHang();
    }

    [Fact]
    public void AskingForAClientThatNobodyUses_LeavesNoTrace()
    {
        Assert.False(_hub.TryGet<ITestClient>(Key, out _));
        Assert.Throws<ClientNotInitializedException>(() => _hub.Get<ITestClient>(Key));

        Assert.Empty(_hub.Clients);
    }

    [Fact]
    public void TheDefaultKeyAndNull_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => _hub.Slot<ITestClient>(default));
        Assert.Throws<ArgumentException>(() => _hub.TryGet<ITestClient>(default, out _));
        Assert.Throws<ArgumentNullException>(() => _hub.Register<ITestClient>(Key, null!));
    }

    [Fact]
    public void HotPaths_AllocateNothing()
    {
        _hub.Register(Key, new TestClient());
        var slot = _hub.Slot<TestClient>(Key);
        Func<ClientKey, CancellationToken, ValueTask<TestClient>> init = static (_, _) => throw new InvalidOperationException();

        Assert.Equal(0, Allocations.Of(() => _ = slot.Value));
        Assert.Equal(0, Allocations.Of(() => slot.TryGet(out _)));
        Assert.Equal(0, Allocations.Of(() => slot.GetOrInitAsync(init).GetAwaiter().GetResult()));
        Assert.Equal(0, Allocations.Of(() => slot.WaitAsync().GetAwaiter().GetResult()));

        // Without optimisation the compiler boxes the key to compare it with null.
        if (!Allocations.IsLibraryOptimized)
            return;

        Assert.Equal(0, Allocations.Of(() => _hub.Get<TestClient>(Key)));
        Assert.Equal(0, Allocations.Of(() => _hub.GetOrInitAsync(Key, init).GetAwaiter().GetResult()));
    }
}
