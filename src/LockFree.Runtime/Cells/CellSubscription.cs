namespace LockFree;

/// <summary>One handler of one cell: a loop that waits for the next change, so calls neither overlap nor lose the last value.</summary>
internal sealed class CellSubscription<T> : IDisposable
{
    private readonly IReadOnlyCell<T> _cell;
    private readonly Action<T> _handler;
    private readonly CancellationTokenSource _disposal = new();

    public CellSubscription(IReadOnlyCell<T> cell, Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _cell = cell;
        _handler = handler;

        // The value at the moment of subscription is what the first change is a change from: read before the constructor returns.
        var seen = cell.Load();
        _ = Task.Run(() => DeliverAsync(seen));
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

            Call(seen);
        }
    }

    private void Call(T value)
    {
        try
        {
            _handler(value);
        }
        catch (Exception fault)
        {
            // Nobody waits for a handler. A faulted task that nobody looks at is how the platform reports such an exception.
            _ = Task.FromException(fault);
        }
    }
}
