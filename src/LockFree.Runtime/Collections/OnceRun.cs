namespace LockFree;

/// <summary>A factory that is running for one key, and those who wait for it to end.</summary>
internal sealed class OnceRun
{
    private readonly object _gate = new();
    private bool _hasEnded;

    /// <summary>Stands for this run in the graph of who waits for whom.</summary>
    public WaitNode Node { get; } = new();

    /// <summary>Waits until the run has ended, well or badly.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            while (!_hasEnded)
                Monitor.Wait(_gate);
        }
    }

    public void End()
    {
        Node.End();
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
    }
}
