namespace LockFree.Tests;

public sealed class LeasedCellTests
{
    private readonly Resource _first = new("first");
    private readonly Resource _second = new("second");
    private readonly LeasedCell<Resource> _cell;

    public LeasedCellTests() => _cell = new LeasedCell<Resource>(_first);

    [Fact]
    public void Acquire_LeasesTheCurrentValue()
    {
        using var lease = _cell.Acquire();

        Assert.Same(_first, lease.Value);
    }

    [Fact]
    public async Task Store_WithNoLeaseAround_DisposesTheOldValue()
    {
        _cell.Store(_second);

        await _first.Disposed;
        Assert.Equal(1, _first.Disposals);
        using var lease = _cell.Acquire();
        Assert.Same(_second, lease.Value);
        Assert.Equal(0, _second.Disposals);
    }

    [Fact]
    public async Task AReplacedValue_IsDisposedWhenTheLastOfItsLeasesIsReturned_AndNotBefore()
    {
        var one = _cell.Acquire();
        var other = _cell.Acquire();
        var replaced = _cell.StoreAsync(_second);

        one.Dispose();
        one.Dispose();
        other.Value.Use();
        Assert.False(replaced.IsCompleted);
        other.Dispose();

        await replaced.OrHang();
        Assert.Equal(1, _first.Disposals);
    }

    [Fact]
    public void ALeaseDisposedTwice_GivesBackNobodyElses()
    {
        var lease = _cell.Acquire();
        lease.Dispose();
        var other = _cell.Acquire();
        lease.Dispose();
        _cell.Store(_second);

        other.Value.Use();
        Assert.Equal(0, _first.Disposals);
    }

    [Fact]
    public void ACopyOfALease_IsTheSameLease()
    {
        var lease = _cell.Acquire();
        var copy = lease;
        var keeper = _cell.Acquire();
        _cell.Store(_second);
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => copy.Value);
        copy.Dispose();
        keeper.Value.Use();
    }

    [Fact]
    public async Task ALeaseDisposedByManyAtOnce_IsReturnedOnce()
    {
        for (var round = 0; round < 500; round++)
        {
            var cell = new LeasedCell<Resource>(new Resource());
            var lease = cell.Acquire();
            var keeper = cell.Acquire();
            var value = keeper.Value;
            var replaced = cell.StoreAsync(new Resource());
            using var start = new Barrier(2);
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                start.SignalAndWait();
                lease.Dispose();
            }))).OrHang();

            value.Use();
            Assert.False(replaced.IsCompleted);
            keeper.Dispose();
            await replaced.OrHang();
        }
    }

    [Fact]
    public void TheValueOfAReturnedLease_OrOfNone_CannotBeHad()
    {
        var lease = _cell.Acquire();
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lease.Value);
        Assert.Throws<ObjectDisposedException>(() => default(Lease<Resource>).Value);
        default(Lease<Resource>).Dispose();
    }

    [Fact]
    public async Task ALease_MayBeKeptAcrossAwaits_AndReturnedOnAnotherThread()
    {
        var lease = _cell.Acquire();
        var replaced = _cell.StoreAsync(_second);
        await Task.Yield();
        lease.Value.Use();
        var returner = new Thread(() => lease.Dispose());
        returner.Start();

        await replaced.OrHang();
    }

    [Fact]
    public async Task Exchange_LeasesTheOldValue()
    {
        using (var old = _cell.Exchange(_second))
        {
            Assert.Same(_first, old.Value);
            old.Value.Use();
        }

        await _first.Disposed;
    }

    [Fact]
    public void TryExchange_ComparesByReference_AndLeavesItsValueToTheCallerWhenItFails()
    {
        using var lease = _cell.Acquire();

        Assert.False(_cell.TryExchange(_second, new Resource()));
        Assert.True(_cell.TryExchange(_second, lease.Value));
        Assert.False(_cell.TryExchange(new Resource(), lease.Value));

        lease.Value.Use();
        using var current = _cell.Acquire();
        Assert.Same(_second, current.Value);
    }

    [Fact]
    public async Task StoringWhatIsThereAlready_ChangesNothing()
    {
        _cell.Store(_first);
        await _cell.StoreAsync(_first).OrHang();
        Assert.True(_cell.TryExchange(_first, _first));
        using (var lease = _cell.Exchange(_first))
            Assert.Same(_first, lease.Value);

        using var current = _cell.Acquire();
        current.Value.Use();
        Assert.Same(_first, current.Value);
    }

    [Fact]
    public async Task StoreAsync_CanBeLeft_AndTheOldValueIsDisposedAllTheSame()
    {
        using var leaving = new CancellationTokenSource();
        var lease = _cell.Acquire();
        var replaced = _cell.StoreAsync(_second, leaving.Token);
        leaving.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => replaced.OrHang());
        lease.Dispose();
        await _first.Disposed;
        using var current = _cell.Acquire();
        Assert.Same(_second, current.Value);
    }

    [Fact]
    public void ANullValue_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new LeasedCell<Resource>(null!));
        Assert.Throws<ArgumentNullException>(() => _cell.Store(null!));
        Assert.Throws<ArgumentNullException>(() => { _cell.Exchange(null!); });
        Assert.Throws<ArgumentNullException>(() => _cell.TryExchange(null!, _first));
        Assert.Throws<ArgumentNullException>(() => { _ = _cell.StoreAsync(null!); });
    }

    [Fact]
    public void AcquiringAndReturning_AllocateNothing_NestedAlso()
    {
        Assert.Equal(0, Allocations.Of(() =>
        {
            using var outer = _cell.Acquire();
            using var inner = _cell.Acquire();
            inner.Value.Use();
        }));
    }
}
