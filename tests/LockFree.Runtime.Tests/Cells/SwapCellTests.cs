using System.Collections.Immutable;

namespace LockFree.Tests;

public sealed class SwapCellTests
{
    private readonly SwapCell<string> _cell = new("first");

    [Fact]
    public void Store_ReplacesTheValue()
    {
        _cell.Store("second");

        Assert.Equal("second", _cell.Load());
    }

    [Fact]
    public void Exchange_ReturnsTheOldValue()
    {
        Assert.Equal("first", _cell.Exchange("second"));
        Assert.Equal("second", _cell.Load());
    }

    [Fact]
    public void CompareExchange_ComparesByReference()
    {
        var seen = _cell.Load();
        var equal = new string(seen);

        Assert.Same(seen, _cell.CompareExchange("second", equal));
        Assert.Same(seen, _cell.Load());
        Assert.Same(seen, _cell.CompareExchange("second", seen));
        Assert.Equal("second", _cell.Load());
    }

    [Fact]
    public void ACellOfANullableType_MayBeEmpty()
    {
        var cell = new SwapCell<string?>(null);

        Assert.Null(cell.CompareExchange("value", null));
        Assert.Equal("value", cell.Exchange(null));
        Assert.Null(cell.Load());
    }

    [Fact]
    public async Task Update_RacingWriters_LoseNothing()
    {
        const int perWriter = 5_000;
        var cell = new SwapCell<ImmutableList<int>>([]);
        using var start = new Barrier(2);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < perWriter; i++)
                    cell.Update(static (list, item) => list.Add(item), (writer * perWriter) + i);
            },
            TaskCreationOptions.LongRunning))).OrHang();

        Assert.Equal(Enumerable.Range(0, 2 * perWriter), cell.Load().Order());
    }

    [Fact]
    public async Task Load_NeverGoesBackInTime_AndSeesEverythingTheWriterDidBefore()
    {
        const int last = 200_000;
        var cell = new SwapCell<Version>(new Version { Number = 0, Copy = 0 });
        using var start = new Barrier(3);
        var writer = Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var number = 1; number <= last; number++)
                    cell.Store(new Version { Number = number, Copy = number });
            },
            TaskCreationOptions.LongRunning);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var seen = 0; seen < last;)
                {
                    var version = cell.Load();
                    Assert.Equal(version.Number, version.Copy);
                    Assert.True(version.Number >= seen);
                    seen = version.Number;
                }
            },
            TaskCreationOptions.LongRunning));

        await Task.WhenAll([writer, .. readers]).OrHang();
    }

    [Fact]
    public async Task Exchange_OfRacingWriters_ReturnsEveryValueOnce()
    {
        const int perWriter = 20_000;
        var cell = new SwapCell<object>(0);
        using var start = new Barrier(2);

        var displaced = await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Enumerable.Range(1, perWriter).Select(i => (int)cell.Exchange((writer * perWriter) + i)).ToArray();
            },
            TaskCreationOptions.LongRunning))).OrHang();

        Assert.Equal(Enumerable.Range(0, (2 * perWriter) + 1), displaced.SelectMany(values => values).Append((int)cell.Load()).Order());
    }

    [Fact]
    public void Update_WhenAnotherWriterWasFaster_RunsAgainFromTheNewValue()
    {
        var seen = new List<string>();
        var stored = _cell.Update(current =>
        {
            seen.Add(current);
            if (seen.Count == 1)
                _cell.Store("between");

            return current + "!";
        });

        Assert.Equal(["first", "between"], seen);
        Assert.Equal("between!", stored);
        Assert.Same(stored, _cell.Load());
    }

    [Fact]
    public void Update_ThatThrows_LeavesTheValue()
    {
        Assert.Throws<InvalidDataException>(() => _cell.Update(_ => throw new InvalidDataException()));

        Assert.Equal("first", _cell.Load());
    }

    [Fact]
    public void Update_MayUseTheCell_FromItsOwnThreadAndFromAnother()
    {
        var runs = 0;
        _cell.Update(current =>
        {
            if (++runs == 1)
            {
                _cell.Update(inner => inner + "-nested");
                var thread = new Thread(() => _cell.Update(inner => inner + "-other"));
                thread.Start();
                Assert.True(thread.Join(HangGuard.Limit));
            }

            return current + "-outer";
        });

        Assert.Equal("first-nested-other-outer", _cell.Load());
        Assert.Equal(2, runs);
    }

    [Fact]
    public void TryUpdate_ThatGivesUp_LeavesTheValueAndReturnsIt()
    {
        Assert.False(_cell.TryUpdate(static _ => null, out var current));
        Assert.Same(_cell.Load(), current);

        Assert.True(_cell.TryUpdate(static (current, suffix) => current + suffix, "!", out current));
        Assert.Equal("first!", current);
        Assert.Same(current, _cell.Load());
    }

    [Fact]
    public void TryUpdate_MayGiveUpAfterAnotherWriterWasFaster()
    {
        var stored = _cell.TryUpdate(
            current =>
            {
                if (current == "between")
                    return null;

                _cell.Store("between");
                return "mine";
            },
            out var seen);

        Assert.False(stored);
        Assert.Equal("between", seen);
        Assert.Equal("between", _cell.Load());
    }

    [Fact]
    public void ReadingAndStoring_AllocateNothing()
    {
        Assert.Equal(0, Allocations.Of(() => _cell.Load()));
        Assert.Equal(0, Allocations.Of(() => _cell.Store("second")));
        Assert.Equal(0, Allocations.Of(() => _cell.Update(static (current, _) => current, 1)));
    }

    /// <summary>Its plain fields are written before it is stored.</summary>
    private sealed class Version
    {
        public int Number { get; init; }

        public int Copy { get; init; }
    }
}
