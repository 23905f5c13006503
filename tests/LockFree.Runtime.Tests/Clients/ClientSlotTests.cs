using System.Runtime.CompilerServices;

namespace LockFree.Tests;

public sealed class ClientSlotTests
{
    private readonly ClientHub _hub = new();
    private readonly ClientSlot<TestClient> _slot;

    public ClientSlotTests() => _slot = _hub.Slot<TestClient>(ClientKey.Scoped("eu", "billing"));

    [Fact]
    public void Value_OfAnEmptySlot_NamesKeyScopeAndType()
    {
        var exception = Assert.Throws<ClientNotInitializedException>(() => _slot.Value);

        Assert.Contains("'billing'", exception.Message);
        Assert.Contains("'eu'", exception.Message);
        Assert.Contains(typeof(TestClient).FullName!, exception.Message);
    }

    [Fact]
    public async Task GetOrInit_GivesTheInitialiserTheKey_AndKeepsTheClient()
    {
        var made = await _slot.GetOrInitAsync((key, _) => ValueTask.FromResult(new TestClient(key.Name))).OrHang();

        Assert.Equal("billing", made.Name);
        Assert.Same(made, _slot.Value);
        Assert.Equal(ClientState.Initialized, _slot.State);
    }

    [Fact]
    public async Task GetOrInit_AnInitialiserThatReturnsNull_Fails()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _slot.GetOrInitAsync((_, _) => ValueTask.FromResult<TestClient>(null!)).OrHang());

        Assert.Equal(ClientState.Missing, _slot.State);
    }

    [Fact]
    public async Task GetOrInit_WhenSomebodyRegistersMeanwhile_EverybodyGetsTheRegistered_AndTheProductIsDisposed()
    {
        var gate = new Gate();
        var product = new TestClient("product");
        var token = default(CancellationToken);
        var initialising = _slot.GetOrInitAsync(async (_, cancellationToken) =>
        {
            token = cancellationToken;
            await gate.PassAsync();
            return product;
        }).AsTask();
        var waiting = _slot.WaitAsync().AsTask();
        await gate.Reached;
        var registered = new TestClient("registered");

        Assert.True(_hub.TryRegister(_slot.Key, registered));

        Assert.Same(registered, await initialising.OrHang());
        Assert.Same(registered, await waiting.OrHang());
        Assert.True(token.IsCancellationRequested);
        gate.Open();
        await product.Disposed.OrHang();
        Assert.Same(registered, _slot.Value);
        Assert.Equal(0, registered.DisposeCount);
    }

    [Fact]
    public async Task GetOrInit_AfterAnOvertakenRunAndARemoval_StillRunsOneAtATime()
    {
        var gate = new Gate();
        var overtakenEnded = false;
        _ = _slot.GetOrInitAsync(async (_, _) =>
        {
            await gate.PassAsync();
            overtakenEnded = true;
            throw new InvalidDataException();
        });
        await gate.Reached;
        var registered = new TestClient();
        _hub.Register(_slot.Key, registered);
        await _hub.RemoveAsync<TestClient>(_slot.Key).OrHang();

        var next = _slot.GetOrInitAsync((_, _) =>
        {
            Assert.True(overtakenEnded);
            return ValueTask.FromResult(new TestClient("next"));
        }).AsTask();
        gate.Open();

        Assert.Equal("next", (await next.OrHang()).Name);
        Assert.Equal("next", _slot.Value.Name);
    }

    [Fact]
    public async Task GetOrInit_AnOvertakenRunThatEndsAfterTheRemoval_LeavesTheSlotEmpty_AndItsProductIsDisposed()
    {
        var gate = new Gate();
        var product = new TestClient("product");
        var initialising = _slot.GetOrInitAsync(async (_, _) =>
        {
            await gate.PassAsync();
            return product;
        }).AsTask();
        await gate.Reached;
        var registered = new TestClient("registered");
        _hub.Register(_slot.Key, registered);
        await _hub.RemoveAsync<TestClient>(_slot.Key).OrHang();

        var next = _slot.GetOrInitAsync((_, _) => ValueTask.FromResult(new TestClient("next"))).AsTask();
        gate.Open();

        Assert.Equal("next", (await next.OrHang()).Name);
        Assert.Same(registered, await initialising.OrHang());
        Assert.Equal(1, product.DisposeCount);
        Assert.Equal(0, registered.DisposeCount);
    }

    [Fact]
    public async Task GetOrInit_WhenARegisteredClientIsReplacedMeanwhile_GetsTheOneThatIsThere()
    {
        using var leaving = new CancellationTokenSource();
        var gate = new Gate();
        var left = _slot.GetOrInitAsync(
            async (_, _) =>
            {
                await gate.PassAsync();
                throw new InvalidDataException();
            },
            leaving.Token).AsTask();
        await gate.Reached;
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());

        // It found no client, and waits for the end of the run that everybody has left.
        var waiting = _slot.GetOrInitAsync((_, _) => throw new InvalidOperationException("must not run")).AsTask();
        var first = new TestClient("first");
        var second = new TestClient("second");
        _hub.Register(_slot.Key, first);
        Assert.True(_hub.Replace(_slot.Key, second, out var old));
        Assert.Same(first, old);
        Assert.False(waiting.IsCompleted);
        gate.Open();

        Assert.Same(second, await waiting.OrHang());
    }

    [Fact]
    public async Task AReplacedClient_IsKeptAliveByNothing_RegisteredOrMade()
    {
        var other = _hub.Slot<TestClient>(ClientKey.Global("other"));
        var registered = RegisterAndReplace(_slot);
        var made = await MakeAndReplaceAsync(other);

        await Retention.AssertCollectedAsync(registered);
        await Retention.AssertCollectedAsync(made);
        Assert.Equal("second", _slot.Value.Name);
        Assert.Equal("second", other.Value.Name);
    }

    [Fact]
    public async Task GetOrInit_AfterRemoval_MakesANewClient_HoweverCloseTheRace()
    {
        for (var round = 0; round < 300; round++)
        {
            var key = ClientKey.Global($"round {round}");
            var slot = _hub.Slot<TestClient>(key);

            // The removal meets the run at its end: the client is in the slot, the run has not told its waiters yet.
            var removal = slot.WaitAsync().AsTask().ContinueWith(
                _ => _hub.RemoveAsync<TestClient>(key).AsTask(),
                TaskContinuationOptions.ExecuteSynchronously).Unwrap();
            var first = await slot.GetOrInitAsync((_, _) => ValueTask.FromResult(new TestClient())).OrHang();
            Assert.True(await removal.OrHang());

            var second = await slot.GetOrInitAsync((_, _) => ValueTask.FromResult(new TestClient())).OrHang();
            Assert.NotSame(first, second);
            Assert.Equal(1, first.DisposeCount);
            Assert.Equal(0, second.DisposeCount);
        }
    }

    [Fact]
    public async Task Wait_ReturnsWhatIsRegisteredLater()
    {
        var waiting = _slot.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        var client = new TestClient();

        _hub.Replace(_slot.Key, client, out _);

        Assert.Same(client, await waiting.OrHang());
    }

    [Fact]
    public async Task Wait_ReturnsWhatIsInitialisedLater()
    {
        var waiting = _slot.WaitAsync().AsTask();

        var made = await _slot.GetOrInitAsync((_, _) => ValueTask.FromResult(new TestClient())).OrHang();

        Assert.Same(made, await waiting.OrHang());
    }

    [Fact]
    public async Task Wait_CanBeLeft_AndHarmsNoOther()
    {
        using var leaving = new CancellationTokenSource();
        var left = _slot.WaitAsync(leaving.Token).AsTask();
        var stayed = _slot.WaitAsync().AsTask();
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());
        var client = new TestClient();

        _hub.Register(_slot.Key, client);

        Assert.Same(client, await stayed.OrHang());
    }

    [Fact]
    public async Task Wait_WithATokenThatIsCancelledAlready_Fails_UnlessTheClientIsThere()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _slot.WaitAsync(cancelled).OrHang());
        var client = new TestClient();
        _hub.Register(_slot.Key, client);

        Assert.Same(client, await _slot.WaitAsync(cancelled).OrHang());
    }

    [Fact]
    public void ToString_NamesKeyScopeAndType() =>
        Assert.Equal($"the client 'billing' (scope 'eu') of type {typeof(TestClient)}", _slot.ToString());

    [Fact]
    public async Task Wait_ARegistrationBetweenCheckAndWait_IsNotLost()
    {
        using var start = new Barrier(2);
        for (var round = 0; round < 1_000; round++)
        {
            var key = ClientKey.Global($"round {round}");
            var slot = _hub.Slot<TestClient>(key);
            var registering = Task.Run(() =>
            {
                start.SignalAndWait();
                _hub.Register(key, new TestClient());
            });
            start.SignalAndWait();

            await slot.WaitAsync().OrHang();
            await registering.OrHang();
        }
    }

    [Fact]
    public async Task ClientsWhoseInitialisersNeedEachOther_FailInsteadOfHanging()
    {
        var other = _hub.Slot<TestClient>(ClientKey.Global("other"));
        ValueTask<TestClient> Mine(ClientKey key, CancellationToken token) => other.GetOrInitAsync(Others, token);
        ValueTask<TestClient> Others(ClientKey key, CancellationToken token) => _slot.GetOrInitAsync(Mine, token);

        var mine = _slot.GetOrInitAsync(Mine).AsTask();
        var others = other.GetOrInitAsync(Others).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => mine.OrHang());
        await Assert.ThrowsAsync<InvalidOperationException>(() => others.OrHang());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference RegisterAndReplace(ClientSlot<TestClient> slot)
    {
        _hub.Register(slot.Key, new TestClient("first"));
        return Replace(slot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> MakeAndReplaceAsync(ClientSlot<TestClient> slot)
    {
        await slot.GetOrInitAsync((_, _) => ValueTask.FromResult(new TestClient("first"))).OrHang();
        return Replace(slot);
    }

    private WeakReference Replace(ClientSlot<TestClient> slot)
    {
        Assert.True(_hub.Replace(slot.Key, new TestClient("second"), out var old));
        return new WeakReference(old);
    }
}
