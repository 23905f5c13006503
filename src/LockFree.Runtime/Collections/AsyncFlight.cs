namespace LockFree;

/// <summary>One key's run of an asynchronous factory, and those who wait for it.</summary>
internal sealed class AsyncFlight<TValue>
{
    /// <summary>Yields the value, or nothing where the run found that it was no longer the one of its key.</summary>
    public AsyncOnce<(bool HasLanded, TValue Value)> Once { get; } = new();
}
