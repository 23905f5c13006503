namespace LockFree.Tests;

/// <summary>Views of a part of a cell, where readers and writers get in each other's way.</summary>
public sealed class CellViewTests
{
    private readonly SwapCell<string> _cell = new("1");

    [Fact]
    public async Task AReaderHeldUpInAnOldProjection_DoesNotReplaceTheResultOfTheCurrentValue()
    {
        var gate = new Gate();
        var view = _cell.Select(text =>
        {
            if (text == "1")
                gate.PassAsync().GetAwaiter().GetResult();

            return new Part(text);
        });
        var heldUp = Task.Run(view.Load);
        await gate.Reached;
        _cell.Store("2");
        var current = view.Load();
        gate.Open();

        Assert.Equal("1", (await heldUp.OrHang()).Text);
        Assert.Same(current, view.Load());
        Assert.False(view.WaitForChangeAsync(current).IsCompleted);
    }

    [Fact]
    public async Task ReadersRacingForANewValue_GetOneResult()
    {
        var gate = new Gate();
        var runs = 0;
        var view = _cell.Select(text =>
        {
            if (Interlocked.Increment(ref runs) == 1)
                gate.PassAsync().GetAwaiter().GetResult();

            return new Part(text);
        });
        var slow = Task.Run(view.Load);
        await gate.Reached;
        var fast = view.Load();
        gate.Open();

        Assert.Same(fast, await slow.OrHang());
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task WaitForChange_OvertakenOnTheWay_DoesNotReportAnOldValueAsAChange()
    {
        var source = new GatedCell(_cell);
        var view = source.Select(text => new Part(text));
        var seen = view.Load();
        var gate = source.HoldUpNextLoad();
        var waiting = Task.Run(() => view.WaitForChangeAsync(seen).AsTask());
        await gate.Reached;
        _cell.Store("2");
        var current = view.Load();
        gate.Open();

        Assert.Same(current, await waiting.OrHang());
    }

    [Fact]
    public async Task WaitForChange_OfASourceThatIsNewAtEveryLook_Ends()
    {
        var view = new RestlessCell().Select(value => value);

        Assert.NotNull(await view.WaitForChangeAsync(new object()).OrHang());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task OnChange_AProjectionThatThrows_CostsOneValue_NotTheSubscription(int depth)
    {
        var failed = new TaskCompletionSource();
        IReadOnlyCell<int> view = _cell.Select(text =>
        {
            if (text != "broken")
                return int.Parse(text);

            failed.TrySetResult();
            throw new InvalidDataException("thrown by a projection, on purpose");
        });
        for (var i = 1; i < depth; i++)
            view = view.Select(number => number + 1);

        var delivered = new TaskCompletionSource<int>();
        using var subscription = view.OnChange(delivered.SetResult);

        _cell.Store("broken");
        await failed.Task.OrHang();
        Assert.Throws<InvalidDataException>(() => view.Load());
        _cell.Store("40");

        Assert.Equal(39 + depth, await delivered.Task.OrHang());
    }

    [Fact]
    public async Task OnChange_OfAView_DeliversNothingWhenThePartStaysEqual()
    {
        var delivered = new List<int>();
        var hasLast = new TaskCompletionSource();
        var looked = new SemaphoreSlim(0);
        var view = _cell.Select(text => text.Length).Select(length =>
        {
            looked.Release();
            return length;
        });
        using var subscription = view.OnChange(length =>
        {
            delivered.Add(length);
            if (length == 3)
                hasLast.SetResult();
        });
        await looked.WaitAsync().OrHang();

        _cell.Store("2");
        _cell.Store("22");
        Assert.True(await looked.WaitAsync(HangGuard.Limit));
        _cell.Store("33");
        _cell.Store("333");
        await hasLast.Task.OrHang();

        Assert.Equal([2, 3], delivered);
    }

    [Fact]
    public void AProjectionMayUseTheCellAndItsOwnView_FromItsOwnThreadAndFromAnother()
    {
        IReadOnlyCell<int>? view = null;
        var depth = 0;
        view = _cell.Select(text =>
        {
            if (++depth == 1)
            {
                Assert.Equal(1, view!.Load());
                _cell.Store("2");
                var thread = new Thread(() => _cell.Update(_ => "3"));
                thread.Start();
                Assert.True(thread.Join(HangGuard.Limit));
                Assert.Equal(3, view.Load());
            }

            return int.Parse(text);
        });

        Assert.Equal(1, view.Load());
        Assert.Equal(3, view.Load());
    }

    private sealed class Part(string text)
    {
        public string Text => text;
    }

    /// <summary>A cell whose readers can be held up between reading the value and returning it.</summary>
    private sealed class GatedCell(SwapCell<string> cell) : IReadOnlyCell<string>
    {
        private Gate? _gate;

        public Gate HoldUpNextLoad() => _gate = new Gate();

        public string Load()
        {
            var value = cell.Load();
            Interlocked.Exchange(ref _gate, null)?.PassAsync().GetAwaiter().GetResult();
            return value;
        }

        public ValueTask<string> WaitForChangeAsync(string seen, CancellationToken cancellationToken) =>
            cell.WaitForChangeAsync(seen, cancellationToken);

        public IDisposable OnChange(Action<string> handler) => cell.OnChange(handler);
    }

    private sealed class RestlessCell : IReadOnlyCell<object>
    {
        public object Load() => new();

        public ValueTask<object> WaitForChangeAsync(object seen, CancellationToken cancellationToken) => new(new object());

        public IDisposable OnChange(Action<object> handler) => throw new NotSupportedException();
    }
}
