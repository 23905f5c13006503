namespace LockFree;

/// <summary>One subscriber of one cell: a loop that waits for the next change, so calls neither overlap nor lose the last value.</summary>
internal sealed class CellSubscription<T> : IDisposable
{
    private readonly IReadOnlyCell<T> _cell;
    private readonly IChangeSink<T> _sink;
    private readonly CancellationTokenSource _disposal = new();

    private CellSubscription(IReadOnlyCell<T> cell, IChangeSink<T> sink)
    {
        _cell = cell;
        _sink = sink;
    }

    public static IDisposable Start(IReadOnlyCell<T> cell, IChangeSink<T> sink)
    {
        if (cell is IChangeSource<T> source)
            return source.Subscribe(sink);

        // The value at the moment of subscription is what the first change is a change from: read before this method returns.
        var seen = cell.Load();
        sink.Begin(seen);
        var subscription = new CellSubscription<T>(cell, sink);
        DetachedTask.Start(() => subscription.DeliverAsync(seen));
        return subscription;
    }

    public void Dispose() => _disposal.Cancel();

    private async Task DeliverAsync(T seen)
    {
        while (true)
        {
            try
            {
                seen = await _cell.WaitForChangeAsync(seen, _disposal.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_disposal.IsCancellationRequested)
            {
                return;
            }

            if (_disposal.IsCancellationRequested)
                return;

            Deliver(seen);
        }
    }

    private void Deliver(T value)
    {
        try
        {
            _sink.Change(value);
        }
        catch (Exception fault)
        {
            // Nobody waits for a handler. A faulted task that nobody looks at is how the platform reports such an exception.
            _ = Task.FromException(fault);
        }
    }
}
