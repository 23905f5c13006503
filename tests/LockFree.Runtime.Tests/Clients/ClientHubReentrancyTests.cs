namespace LockFree.Tests;

/// <summary>What a hub's callbacks may do to the hub that calls them, on the very key they are called for: everything.</summary>
public sealed class ClientHubReentrancyTests
{
    private static readonly ClientKey Key = ClientKey.Global("test");

    private readonly ClientHub _hub = new();

    /// <summary>Every use of a hub that ends by itself; an initialiser cannot wait for its own client.</summary>
    public static TheoryData<string> Uses =>
        ["TryGet", "Get", "Register", "Replace", "Remove", "Value", "Clients", "WaitLeft", "OtherClient", "Dispose"];

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task AnInitialiserMayUseItsHub_FromItsOwnThreadAndFromAnother(string use)
    {
        var uses = new TaskCompletionSource<int>();
        var waiting = _hub.GetOrInitAsync(Key, (_, _) =>
        {
            uses.SetResult(UseHereAndOnAnotherThread(use));
            return ValueTask.FromResult(new TestClient());
        }).AsTask();

        // Whoever registers or disposes in there overtakes the initialiser; then its waiters hear of that before it has ended.
        await Record.ExceptionAsync(() => waiting.OrHang());
        Assert.Equal(2, await uses.Task.OrHang());
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task ADisposalByRemoval_MayUseTheHub_FromItsOwnThreadAndFromAnother(string use)
    {
        var uses = 0;
        await MakeAsync(() => uses = UseHereAndOnAnotherThread(use));

        Assert.True(await _hub.RemoveAsync<TestClient>(Key).OrHang());

        Assert.Equal(2, uses);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task ADisposalByTheHub_MayUseTheHub_FromItsOwnThreadAndFromAnother(string use)
    {
        var uses = 0;
        await MakeAsync(() => uses = UseHereAndOnAnotherThread(use));

        await _hub.DisposeAsync().OrHang();

        Assert.Equal(2, uses);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task TheDisposalOfAProductThatNobodyGets_MayUseTheHub_FromItsOwnThreadAndFromAnother(string use)
    {
        var uses = new TaskCompletionSource<int>();
        var product = new TestClient
        {
            OnDispose = () =>
            {
                uses.SetResult(UseHereAndOnAnotherThread(use));
                return ValueTask.CompletedTask;
            },
        };
        await _hub.GetOrInitAsync(Key, (_, _) =>
        {
            _hub.Register(Key, new TestClient("registered"));
            return ValueTask.FromResult(product);
        }).OrHang();

        Assert.Equal(2, await uses.Task.OrHang());
    }

    [Theory]
    [InlineData("Register")]
    [InlineData("Dispose")]
    public async Task ACallbackOfTheRunsToken_RunsUnderNoLock(string ender)
    {
        var gate = new Gate();
        var calledBack = new TaskCompletionSource<int>();
        var waiting = _hub.GetOrInitAsync(Key, async (_, token) =>
        {
            token.Register(() => calledBack.SetResult(UseHereAndOnAnotherThread("Clients")));
            await gate.PassAsync(token);
            return new TestClient();
        }).AsTask();
        await gate.Reached;

        if (ender == "Register")
            _hub.Register(Key, new TestClient());
        else
            await _hub.DisposeAsync().OrHang();

        Assert.Equal(2, await calledBack.Task.OrHang());
        await Record.ExceptionAsync(() => waiting.OrHang());
    }

    [Fact]
    public async Task WhoWaitedForAClient_GoesOnUnderNoLock()
    {
        var uses = _hub.Slot<TestClient>(Key).WaitAsync().AsTask().ContinueWith(
            _ => UseHereAndOnAnotherThread("Remove"), TaskContinuationOptions.ExecuteSynchronously);

        _hub.Register(Key, new TestClient());

        Assert.Equal(2, await uses.OrHang());
    }

    private Task<TestClient> MakeAsync(Action onDispose) => _hub.GetOrInitAsync(Key, (_, _) => ValueTask.FromResult(new TestClient
    {
        OnDispose = () =>
        {
            onDispose();
            return ValueTask.CompletedTask;
        },
    })).OrHang();

    /// <returns>How many of the two uses have come to an end.</returns>
    private int UseHereAndOnAnotherThread(string use)
    {
        var uses = 0;
        void Once()
        {
            // That a use is refused, by a disposed hub say, is not the question here; that it ends is.
            var refusal = Record.Exception(() => Use(use));
            Assert.True(refusal is null or InvalidOperationException, $"{refusal}");
            uses++;
        }

        Once();
        var thread = new Thread(Once);
        thread.Start();
        Assert.True(thread.Join(HangGuard.Limit));
        return uses;
    }

    private void Use(string use)
    {
        switch (use)
        {
            case "TryGet":
                _hub.TryGet<TestClient>(Key, out _);
                break;
            case "Get":
                _hub.Get<TestClient>(Key);
                break;
            case "Register":
                _hub.TryRegister(Key, new TestClient());
                break;
            case "Replace":
                _hub.Replace(Key, new TestClient(), out _);
                break;
            case "Remove":
                _hub.RemoveAsync<TestClient>(Key).AsTask().GetAwaiter().GetResult();
                break;
            case "Value":
                _ = _hub.Slot<TestClient>(Key).Value;
                break;
            case "Clients":
                Assert.NotEmpty(_hub.Clients);
                break;
            case "WaitLeft":
                Assert.IsNotType<TimeoutException>(Record.Exception(() =>
                    _hub.Slot<TestClient>(Key).WaitAsync(new CancellationToken(canceled: true)).AsTask().GetAwaiter().GetResult()));
                break;
            case "OtherClient":
                _hub.GetOrInitAsync(ClientKey.Global("other"), (_, _) => ValueTask.FromResult(new TestClient())).AsTask().GetAwaiter().GetResult();
                break;
            case "Dispose":
                _hub.DisposeAsync().AsTask().GetAwaiter().GetResult();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(use), use, "Unknown.");
        }
    }
}
