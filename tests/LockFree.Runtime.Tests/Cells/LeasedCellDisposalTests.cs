namespace LockFree.Tests;

/// <summary>What becomes of the values of a <see cref="LeasedCell{T}"/>, and of the cell.</summary>
public sealed class LeasedCellDisposalTests
{
    [Fact]
    public async Task DisposeAsync_DisposesTheValue_AndNobodyCanAcquireOrStoreAfterwards()
    {
        var value = new Resource();
        var cell = new LeasedCell<Resource>(value);

        await cell.DisposeAsync().OrHang();

        Assert.Equal(1, value.Disposals);
        var late = new Resource();
        var refused = Assert.Throws<ObjectDisposedException>(() => { cell.Acquire(); });
        Assert.Equal("LeasedCell", refused.ObjectName);
        Assert.StartsWith(
            $"The cell of {typeof(Resource)} has been disposed. Whoever uses it has to end before it does. Code that may be late asks TryAcquire.",
            refused.Message);
        Assert.All(
            new Action[] { () => cell.Store(late), () => { _ = cell.StoreAsync(late); }, () => cell.Exchange(late) },
            store => Assert.Contains(
                "The value that was to be stored is the caller's to dispose of.", Assert.Throws<ObjectDisposedException>(store).Message));
        Assert.False(cell.TryExchange(late, value));
        Assert.False(cell.TryAcquire(out var lease));
        lease.Dispose();
        late.Use();
    }

    [Fact]
    public async Task DisposeAsync_WaitsForEveryLease_OfValuesReplacedBeforeAlso()
    {
        var replaced = new Resource("replaced");
        var last = new Resource("last");
        var cell = new LeasedCell<Resource>(replaced);
        var leaseOfReplaced = cell.Acquire();
        cell.Store(last);
        var leaseOfLast = cell.Acquire();

        var disposal = cell.DisposeAsync().AsTask();
        leaseOfLast.Value.Use();
        leaseOfReplaced.Value.Use();
        leaseOfLast.Dispose();
        await last.Disposed;
        Assert.False(disposal.IsCompleted);
        leaseOfReplaced.Dispose();

        await disposal.OrHang();
        Assert.Equal((1, 1), (replaced.Disposals, last.Disposals));
    }

    [Fact]
    public async Task DisposeAsync_OfManyCallers_DisposesOnce_AndAllWaitForTheEnd()
    {
        var gate = new Gate();
        var value = new Resource { OnDispose = () => new ValueTask(gate.PassAsync()) };
        var cell = new LeasedCell<Resource>(value);
        var disposals = Enumerable.Range(0, 4).Select(_ => Task.Run(() => cell.DisposeAsync().AsTask())).ToArray();
        await gate.Reached;
        Assert.DoesNotContain(disposals, disposal => disposal.IsCompleted);
        gate.Open();

        await Task.WhenAll(disposals).OrHang();
        await cell.DisposeAsync().OrHang();
        Assert.Equal(1, value.Disposals);
    }

    [Fact]
    public async Task AValueThatCanBeDisposedBothWays_IsDisposedAsynchronouslyOnly()
    {
        var value = new Resource();

        await new LeasedCell<Resource>(value).DisposeAsync().OrHang();

        Assert.Equal((1, 0), (value.Disposals, value.SynchronousDisposals));
    }

    [Fact]
    public async Task AValueThatIsOnlyDisposable_IsDisposed_AndOneThatIsNot_IsDropped()
    {
        var file = new MemoryStream();
        await new LeasedCell<Stream>(file).DisposeAsync().OrHang();
        var cell = new LeasedCell<object>(new object());
        await cell.StoreAsync(new object()).OrHang();
        await cell.DisposeAsync().OrHang();
        var token = new SynchronousOnly();
        await new LeasedCell<SynchronousOnly>(token).DisposeAsync().OrHang();

        Assert.False(file.CanRead);
        Assert.Equal(1, token.Disposals);
    }

    [Fact]
    public async Task ADisposalThatThrows_ReachesWhoWaitsForIt_IsNotRepeated_AndLeavesTheCellWorking()
    {
        var broken = new Resource("broken") { OnDispose = () => throw new InvalidDataException() };
        var last = new Resource("last") { OnDispose = () => throw new NotFiniteNumberException() };
        var cell = new LeasedCell<Resource>(broken);

        var lease = cell.Acquire();
        var replaced = cell.StoreAsync(last);
        lease.Dispose();
        await Assert.ThrowsAsync<InvalidDataException>(() => replaced.OrHang());
        using (var current = cell.Acquire())
            current.Value.Use();

        await Assert.ThrowsAsync<NotFiniteNumberException>(() => cell.DisposeAsync().OrHang());
        await Assert.ThrowsAsync<NotFiniteNumberException>(() => cell.DisposeAsync().OrHang());
        Assert.Equal((1, 1), (broken.Disposals, last.Disposals));
    }

    [Fact]
    public async Task ReturningALease_RunsNoDisposalOnTheReturningThread_AndWaitsForNone()
    {
        var gate = new Gate();
        var disposer = new TaskCompletionSource<int>();
        var tenant = new AsyncLocal<string> { Value = "returner" };
        var seenTenant = "nothing";
        var value = new Resource
        {
            OnDispose = () =>
            {
                seenTenant = tenant.Value;
                disposer.SetResult(Environment.CurrentManagedThreadId);
                return new ValueTask(gate.PassAsync());
            },
        };
        var cell = new LeasedCell<Resource>(value);
        var lease = cell.Acquire();
        cell.Store(new Resource());
        var returner = 0;
        var thread = new Thread(() =>
        {
            returner = Environment.CurrentManagedThreadId;
            lease.Dispose();
        });
        thread.Start();
        Assert.True(thread.Join(HangGuard.Limit));

        Assert.NotEqual(returner, await disposer.Task.OrHang());
        Assert.Null(seenTenant);
        gate.Open();
        await value.Disposed;
    }

    [Fact]
    public async Task ADisposalMayUseTheCell_FromItsOwnThreadAndFromAnother()
    {
        LeasedCell<Resource>? cell = null;
        var value = new Resource
        {
            OnDispose = () =>
            {
                using (var lease = cell!.Acquire())
                    lease.Value.Use();

                cell.Store(new Resource());
                var thread = new Thread(() => cell.Store(new Resource()));
                thread.Start();
                Assert.True(thread.Join(HangGuard.Limit));
                return ValueTask.CompletedTask;
            },
        };
        cell = new LeasedCell<Resource>(value);

        await cell.StoreAsync(new Resource()).OrHang();
        await cell.DisposeAsync().OrHang();
    }

    [Fact]
    public async Task AStoreThatMeetsTheEndOfTheCell_EitherIsDisposedByTheCell_OrStaysWithTheCaller()
    {
        for (var round = 0; round < 500; round++)
        {
            var initial = new Resource("initial");
            var cell = new LeasedCell<Resource>(initial);
            var stored = new Resource("stored");
            using var start = new Barrier(2);
            var storing = Task.Run(() =>
            {
                start.SignalAndWait();
                try
                {
                    cell.Store(stored);
                    return true;
                }
                catch (ObjectDisposedException)
                {
                    return false;
                }
            });
            var disposing = Task.Run(() =>
            {
                start.SignalAndWait();
                return cell.DisposeAsync().AsTask();
            });

            var wasStored = await storing.OrHang();
            await disposing.OrHang();
            Assert.Equal((1, wasStored ? 1 : 0), (initial.Disposals, stored.Disposals));
        }
    }

    [Fact]
    public async Task UnderChurn_NothingIsUsedAfterDisposal_AndEveryValueIsDisposedOnce()
    {
        const int replacements = 20_000;
        var values = Enumerable.Range(0, replacements + 1).Select(number => new Resource($"{number}")).ToArray();
        var cell = new LeasedCell<Resource>(values[0]);
        var isOver = false;
        using var start = new Barrier(4);
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                while (!Volatile.Read(ref isOver))
                {
                    using var lease = cell.Acquire();
                    lease.Value.Use();
                    if (reader == 0)
                    {
                        using var nested = cell.Acquire();
                        nested.Value.Use();
                    }

                    lease.Value.Use();
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();
        var writer = Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                foreach (var value in values.Skip(1))
                    cell.Store(value);
            },
            TaskCreationOptions.LongRunning);

        await writer.OrHang();
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(readers).OrHang();
        await cell.DisposeAsync().OrHang();

        Assert.All(values, value => Assert.Equal(1, value.Disposals));
    }

    private sealed class SynchronousOnly : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
