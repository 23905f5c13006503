namespace LockFree;

/// <summary>One key's run of an asynchronous factory, and those who wait for it. Used once: whoever finds it begun or given up looks for another.</summary>
internal sealed class AsyncFlight<TKey, TValue>
{
    private int _isTaken;
    private int _isLanding;

    public AsyncFlight(TKey key)
    {
        Key = key;
        Once = new AsyncOnce<(bool HasLanded, TValue Value)>(this);
    }

    public TKey Key { get; }

    /// <summary>Yields the value, or nothing where the run found that the flight was no longer its to begin.</summary>
    public AsyncOnce<(bool HasLanded, TValue Value)> Once { get; }

    /// <summary>
    /// Set before the run looks for the value in the map or adds it. Who comes only after that must not take the value from the flight: it may have been
    /// removed from the map since.
    /// </summary>
    public bool IsLanding
    {
        get => Volatile.Read(ref _isLanding) != 0;
        // Full fence: a caller who sees nothing of this began before whatever the run does next.
        set => Interlocked.Exchange(ref _isLanding, value ? 1 : 0);
    }

    /// <summary>
    /// Takes the one right to run the factory or, before it runs, to give the flight up. Whoever gets it has to remove the flight from the map.
    /// </summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>For messages.</summary>
    public override string ToString() => $"the value of the key '{Key}'";
}
