namespace LockFree;

/// <summary>A value of a <see cref="LeasedCell{T}"/> and the number of its leases, the cell's own among them.</summary>
internal sealed class LeasedValue<T>(LeasedCell<T> cell, T value)
    where T : class
{
    private readonly TaskCompletionSource _disposal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StickyCount _leases = new();

    public T Value => value;

    /// <summary>Completes when the value has been disposed, with the exception of its <c>Dispose</c> if that throws.</summary>
    public Task Disposal => _disposal.Task;

    /// <returns><see langword="false"/> when the last lease has been returned, so that the value is being disposed.</returns>
    public bool TryLease() => _leases.TryIncrement();

    /// <summary>Returns one lease; the last one disposes the value, on the thread pool.</summary>
    public void Return()
    {
        if (_leases.Decrement())
            DetachedTask.Start(DisposeAsync);
    }

    private async Task DisposeAsync()
    {
        try
        {
            await OwnedValue.DisposeAsync(value).ConfigureAwait(false);
            _disposal.SetResult();
        }
        catch (Exception fault)
        {
            // Reported by the platform as unobserved, unless somebody waits for it.
            _disposal.SetException(fault);
        }

        cell.Forget();
    }
}
