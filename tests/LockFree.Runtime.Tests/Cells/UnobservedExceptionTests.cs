namespace LockFree.Tests;

/// <summary>What is thrown where nobody waits is not lost: the platform reports it.</summary>
public sealed class UnobservedExceptionTests : IDisposable
{
    private readonly UnobservedExceptions _unobserved = new();

    [Fact]
    public async Task WhatAHandlerThrows_IsReported()
    {
        var cell = new SwapCell<string>("first");
        using var subscription = cell.OnChange(_ => throw new InvalidDataException(_unobserved.Message));

        cell.Store("second");

        await Condition.BecomesTrueAsync(() => _unobserved.Collect() == 1);
    }

    [Fact]
    public async Task WhatAProjectionThrowsOnTheWayToAHandler_IsReported()
    {
        var cell = new SwapCell<string>("first");
        var view = cell.Select(text => text == "first" ? text : throw new InvalidDataException(_unobserved.Message));
        using var subscription = view.OnChange(_ => { });

        cell.Store("second");

        await Condition.BecomesTrueAsync(() => _unobserved.Collect() == 1);
    }

    [Fact]
    public void WhatAProjectionThrowsOnTheCurrentValue_ReachesTheSubscriber()
    {
        var view = new SwapCell<string>("first").Select<string, string>(_ => throw new InvalidDataException());

        Assert.Throws<InvalidDataException>(() => { view.OnChange(_ => { }); });
    }

    [Fact]
    public async Task WhatTheDisposalOfALeasedValueThrows_IsReported()
    {
        var cell = NewCell();

        cell.Store(new Resource());

        await Condition.BecomesTrueAsync(() => _unobserved.Collect() == 1);
    }

    [Fact]
    public async Task WhatACallbackOfARunsTokenThrows_IsReported()
    {
        var once = new AsyncOnce<string>();
        var gate = new Gate();
        using var leaving = new CancellationTokenSource();
        var left = once.GetAsync(
            async token =>
            {
                token.Register(() => throw new InvalidDataException(_unobserved.Message));
                await gate.PassAsync(CancellationToken.None);
                return "value";
            },
            leaving.Token).AsTask();
        await gate.Reached;

        leaving.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left.OrHang());
        await Condition.BecomesTrueAsync(() => _unobserved.Collect() == 1);
        gate.Open();
    }

    public void Dispose() => _unobserved.Dispose();

    /// <summary>Leaves the value to the cell alone, so that nothing else keeps it alive.</summary>
    private LeasedCell<Resource> NewCell() =>
        new(new Resource { OnDispose = () => throw new InvalidDataException(_unobserved.Message) });
}
