namespace LockFree;

/// <summary>A factory that is running for one key, and those who wait for it to end.</summary>
internal sealed class OnceRun
{
    private readonly int _ownerThread = Environment.CurrentManagedThreadId;
    private readonly object _gate = new();
    private bool _hasEnded;

    /// <summary>Waits until the run has ended, well or badly.</summary>
    /// <exception cref="InvalidOperationException">The caller is the run.</exception>
    public void Wait()
    {
        if (_ownerThread == Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("The factory of a key asked for its own key, whose value it has yet to make.");
        lock (_gate)
        {
            while (!_hasEnded)
                Monitor.Wait(_gate);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }
}
