namespace LockFree.Tests.Examples;

/// <summary>What docs/runtime shows of <see cref="ShardedMap{TKey, TValue}"/> and <see cref="ShardedSet{T}"/> does what it says.</summary>
public sealed class MapExampleTests
{
    [Fact]
    public void LockedSessions_OpensOnce_AndClosesAll()
    {
        var sessions = new LockedSessions();
        AssertOpensOnceAndClosesAll(sessions.Open, sessions.Find, sessions.CloseAll);
    }

    [Fact]
    public void Sessions_OpensOnce_AndClosesAll()
    {
        var sessions = new Sessions();
        AssertOpensOnceAndClosesAll(sessions.Open, sessions.Find, sessions.CloseAll);
    }

    [Fact]
    public void LazySessions_OpensOnce()
    {
        var sessions = new LazySessions();

        Assert.Same(sessions.Open("ada"), sessions.Open("ada"));
    }

    [Fact]
    public void AStock_GivesAllOrNone_AndForgetsWhatHasRunOut()
    {
        var stock = new Stock();
        stock.Deliver("apple", 2);
        stock.Deliver("apple", 3);

        Assert.False(stock.TryTake("apple", 6));
        Assert.Equal(5, stock.PiecesOf("apple"));
        Assert.True(stock.TryTake("apple", 4));
        Assert.True(stock.IsKnown("apple"));
        Assert.True(stock.TryTake("apple", 1));
        Assert.False(stock.IsKnown("apple"));
        Assert.False(stock.TryTake("apple", 1));
    }

    [Fact]
    public async Task Tariffs_LoadsOnceForAllWhoWait_AndFindsByASlice()
    {
        var runs = 0;
        var gate = new Gate();
        var tariffs = new Tariffs(async (country, token) =>
        {
            runs++;
            await gate.PassAsync(token);
            return new PriceList(country);
        });

        var first = tariffs.GetAsync("NO", CancellationToken.None).AsTask();
        var second = tariffs.GetAsync("no", CancellationToken.None).AsTask();
        await gate.Reached;
        Assert.Null(tariffs.Find("no"));
        gate.Open();

        Assert.Same(await first.OrHang(), await second.OrHang());
        Assert.Equal(1, runs);
        Assert.Same(await first, tariffs.Find("to:no:oslo".AsSpan(3, 2)));
    }

    [Fact]
    public void ADuplicateFilter_LetsEachMessageThroughOnce_UntilItIsForgotten()
    {
        var filter = new DuplicateFilter();
        var message = Guid.NewGuid();

        Assert.True(filter.IsNew(message));
        Assert.False(filter.IsNew(message));
        Assert.Equal(1, filter.Forget(seen => seen == message));
        Assert.True(filter.IsNew(message));
    }

    private static void AssertOpensOnceAndClosesAll(Func<string, Session> open, Func<string, Session?> find, Func<Session[]> closeAll)
    {
        var session = open("ada");

        Assert.Same(session, open("ada"));
        Assert.Same(session, find("ada"));
        Assert.Equal([session], closeAll());
        Assert.Null(find("ada"));
    }
}
