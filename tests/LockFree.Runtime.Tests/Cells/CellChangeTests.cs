namespace LockFree.Tests;

/// <summary>Being told of changes, by cells and by views of cells.</summary>
public sealed class CellChangeTests
{
    private readonly SwapCell<Settings> _cell = new(new Settings("a", 1));

    [Fact]
    public async Task WaitForChange_ReturnsTheNewValue()
    {
        var seen = _cell.Load();
        var change = _cell.WaitForChangeAsync(seen).AsTask();
        Assert.False(change.IsCompleted);
        var next = seen with { Size = 2 };

        _cell.Store(next);

        Assert.Same(next, await change.OrHang());
    }

    [Fact]
    public void WaitForChange_OfAValueThatIsNotCurrentAnyMore_ReturnsAtOnce()
    {
        var seen = _cell.Load();
        _cell.Store(seen with { Size = 2 });

        var change = _cell.WaitForChangeAsync(seen);

        Assert.True(change.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WaitForChange_IsNotEndedByTheSameValue_AndCanBeLeft()
    {
        var seen = _cell.Load();
        using var leaving = new CancellationTokenSource();
        var change = _cell.WaitForChangeAsync(seen, leaving.Token).AsTask();
        _cell.Store(seen);
        _cell.CompareExchange(seen, seen);
        Assert.False(change.IsCompleted);
        leaving.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => change.OrHang());
    }

    [Theory]
    [InlineData("Store")]
    [InlineData("Exchange")]
    [InlineData("CompareExchange")]
    [InlineData("Update")]
    [InlineData("TryUpdate")]
    [InlineData("UpdateOnceAsync")]
    public async Task WaitForChange_IsEndedByEveryWayToWrite(string writer)
    {
        var seen = _cell.Load();
        var next = seen with { Size = 2 };
        var change = _cell.WaitForChangeAsync(seen).AsTask();

        switch (writer)
        {
            case "Store": _cell.Store(next); break;
            case "Exchange": _cell.Exchange(next); break;
            case "CompareExchange": _cell.CompareExchange(next, seen); break;
            case "Update": _cell.Update(_ => next); break;
            case "TryUpdate": _cell.TryUpdate(_ => next, out _); break;
            case "UpdateOnceAsync": await _cell.UpdateOnceAsync((_, _) => ValueTask.FromResult(next)).OrHang(); break;
        }

        Assert.Same(next, await change.OrHang());
    }

    [Fact]
    public async Task WaitForChange_AWakeUpBetweenCheckAndWait_IsNotLost()
    {
        using var round = new Barrier(2);
        const int rounds = 5_000;
        var cell = new SwapCell<object>(new object());
        var writer = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < rounds; i++)
                {
                    Assert.True(round.SignalAndWait(HangGuard.Limit));
                    cell.Store(new object());
                }
            },
            TaskCreationOptions.LongRunning);

        var reader = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < rounds; i++)
                {
                    var seen = cell.Load();
                    Assert.True(round.SignalAndWait(HangGuard.Limit));
                    Assert.True(cell.WaitForChangeAsync(seen).AsTask().Wait(HangGuard.Limit), $"Hangs in round {i}.");
                }
            },
            TaskCreationOptions.LongRunning);

        await Task.WhenAll(writer, reader);
    }

    [Fact]
    public async Task OnChange_DeliversTheNewest_OneAtATime_AndTheLastAlways()
    {
        const int last = 2_000;
        var running = 0;
        var overlapped = false;
        var delivered = new List<int>();
        var hasLast = new TaskCompletionSource();
        using var subscription = _cell.OnChange(settings =>
        {
            overlapped |= Interlocked.Increment(ref running) != 1;
            delivered.Add(settings.Size);
            Interlocked.Decrement(ref running);
            if (settings.Size == last)
                hasLast.SetResult();
        });

        for (var size = 2; size <= last; size++)
            _cell.Store(new Settings("a", size));

        await hasLast.Task.OrHang();
        Assert.False(overlapped);
        Assert.Equal(delivered.Order(), delivered);
        Assert.Distinct(delivered);
    }

    [Fact]
    public async Task OnChange_AHandlerThatThrows_GetsTheNextChangeAllTheSame()
    {
        var calls = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var count = 0;
        using var subscription = _cell.OnChange(_ =>
        {
            calls[count++].SetResult();
            throw new InvalidDataException("thrown by a handler, on purpose");
        });

        _cell.Store(new Settings("a", 2));
        await calls[0].Task.OrHang();
        _cell.Store(new Settings("a", 3));

        await calls[1].Task.OrHang();
    }

    [Fact]
    public async Task OnChange_AHandlerMayWriteAndUnsubscribe_FromItsOwnThreadAndFromAnother()
    {
        var done = new TaskCompletionSource();
        var subscribed = new TaskCompletionSource<IDisposable>();
        subscribed.SetResult(_cell.OnChange(settings =>
        {
            if (settings.Size == 2)
            {
                _cell.Update(current => current with { Size = 3 });
                var thread = new Thread(() => _cell.Update(current => current with { Size = 4 }));
                thread.Start();
                Assert.True(thread.Join(HangGuard.Limit));
                return;
            }

            Assert.Equal(4, settings.Size);
            subscribed.Task.Result.Dispose();
            done.SetResult();
        }));

        _cell.Store(new Settings("a", 2));

        await done.Task.OrHang();
    }

    [Fact]
    public async Task OnChange_AHandlerMayAddAndRemoveOthers_WhileAllAreBeingTold()
    {
        var added = new TaskCompletionSource<int>();
        var removedCalls = 0;
        var told = new TaskCompletionSource();
        var removed = _cell.OnChange(_ => Interlocked.Increment(ref removedCalls));
        var inner = default(IDisposable);
        using var outer = _cell.OnChange(settings =>
        {
            if (settings.Size > 2)
                return;

            removed.Dispose();
            inner = _cell.OnChange(settings => added.TrySetResult(settings.Size));
            told.SetResult();
        });

        _cell.Store(new Settings("a", 2));
        await told.Task.OrHang();
        _cell.Store(new Settings("a", 3));

        Assert.Equal(3, await added.Task.OrHang());
        Assert.InRange(removedCalls, 0, 1);
        inner!.Dispose();
    }

    [Fact]
    public async Task OnChange_AHandlerThatNeverReturns_HoldsUpNobodyElse()
    {
        var gate = new Gate();
        using var stuck = _cell.OnChange(_ => gate.PassAsync().GetAwaiter().GetResult());
        var delivered = new TaskCompletionSource();
        using var other = _cell.OnChange(settings =>
        {
            if (settings.Size == 3)
                delivered.SetResult();
        });
        _cell.Store(new Settings("a", 2));
        await gate.Reached;

        _cell.Store(new Settings("a", 3));

        await delivered.Task.OrHang();
        gate.Open();
    }

    [Fact]
    public async Task OnChange_TheHandlerSeesNothingOfTheSubscribersContext()
    {
        var tenant = new AsyncLocal<string> { Value = "subscriber" };
        var seen = new TaskCompletionSource<string?>();
        using var subscription = _cell.OnChange(_ => seen.SetResult(tenant.Value));

        _cell.Store(new Settings("a", 2));

        Assert.Null(await seen.Task.OrHang());
    }

    [Fact]
    public async Task WaitForChange_WakesEverybody_AndHearsOfNoChangeFromAWaiterThatHasLeft()
    {
        var seen = _cell.Load();
        using var leaving = new CancellationTokenSource();
        var left = _cell.WaitForChangeAsync(seen, leaving.Token).AsTask();
        var staying = Enumerable.Range(0, 20).Select(_ => _cell.WaitForChangeAsync(seen).AsTask()).ToArray();
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());
        Assert.DoesNotContain(staying, wait => wait.IsCompleted);
        var next = seen with { Size = 2 };

        _cell.Store(next);

        Assert.All(await Task.WhenAll(staying).OrHang(), value => Assert.Same(next, value));
    }

    [Fact]
    public async Task WaitForChange_TheWaitersContinuationDoesNotRunInTheWritersCall()
    {
        var seen = _cell.Load();
        var writing = new ThreadLocal<bool>();
        var wasInWriter = ContinueAsync();
        async Task<bool> ContinueAsync()
        {
            await _cell.WaitForChangeAsync(seen).ConfigureAwait(false);
            return writing.Value;
        }

        var writer = new Thread(() =>
        {
            writing.Value = true;
            _cell.Store(seen with { Size = 2 });
        });
        writer.Start();
        Assert.True(writer.Join(HangGuard.Limit));

        Assert.False(await wasInWriter.OrHang());
    }

    [Fact]
    public async Task OnChange_AfterDispose_NoCallBegins()
    {
        var calls = 0;
        var disposed = _cell.OnChange(_ => Interlocked.Increment(ref calls));
        disposed.Dispose();
        disposed.Dispose();
        var delivered = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        using var control = _cell.OnChange(settings => delivered[settings.Size - 2].SetResult());

        // By the second delivery the first has had every chance to reach the other handler.
        _cell.Store(new Settings("a", 2));
        await delivered[0].Task.OrHang();
        _cell.Store(new Settings("a", 3));
        await delivered[1].Task.OrHang();

        Assert.Equal(0, calls);
    }

    [Fact]
    public void Select_RunsTheProjectionOncePerValue()
    {
        var runs = 0;
        var size = _cell.Select(settings =>
        {
            runs++;
            return settings.Size;
        });

        Assert.Equal(1, size.Load());
        Assert.Equal(1, size.Load());
        Assert.Equal(1, runs);
        _cell.Store(new Settings("a", 2));
        Assert.Equal(2, size.Load());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Select_AChangeThatLeavesThePartEqual_IsNoChange()
    {
        var name = _cell.Select(settings => settings.Name);
        var change = name.WaitForChangeAsync("a").AsTask();

        _cell.Store(new Settings(new string('a', 1), 2));
        _cell.Store(new Settings("b", 2));

        Assert.Equal("b", await change.OrHang());
    }

    [Fact]
    public async Task Select_OfAView_FollowsTheCell()
    {
        var length = _cell.Select(settings => settings.Name).Select(name => name.Length);
        var delivered = new TaskCompletionSource<int>();
        using var subscription = length.OnChange(delivered.SetResult);

        _cell.Store(new Settings("longer", 1));

        Assert.Equal(6, await delivered.Task.OrHang());
        Assert.Equal(6, length.Load());
    }

    [Fact]
    public void Select_OfTheSameValue_AllocatesNothing()
    {
        var name = _cell.Select(static settings => settings.Name);

        Assert.Equal(0, Allocations.Of(() => name.Load()));
    }

    [Fact]
    public async Task Constant_NeverChanges()
    {
        var constant = Cell.Constant(5);
        using var leaving = new CancellationTokenSource();
        var change = constant.WaitForChangeAsync(5, leaving.Token).AsTask();
        using var subscription = constant.OnChange(_ => throw new InvalidOperationException());

        Assert.Equal(5, constant.Load());
        Assert.Equal(5, await constant.WaitForChangeAsync(4));
        Assert.False(change.IsCompleted);
        leaving.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => change.OrHang());
    }

    private sealed record Settings(string Name, int Size);
}
