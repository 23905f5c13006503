namespace Gateway.Dispatch;

/// <summary>What one customer has left in a window.</summary>
public sealed class CustomerQuota(int limit)
{
    private int _taken;

    public bool TryTake() => Interlocked.Increment(ref _taken) <= limit;
}
