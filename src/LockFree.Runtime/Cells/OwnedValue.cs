namespace LockFree;

/// <summary>The one way the library disposes what it owns.</summary>
internal static class OwnedValue
{
    /// <summary>
    /// Disposes <paramref name="value"/> if it can be disposed, asynchronously where it can be both. Also what it throws at once comes with the task.
    /// </summary>
    public static async ValueTask DisposeAsync(object? value)
    {
        if (value is IAsyncDisposable asyncDisposable)
            await asyncDisposable.DisposeAsync().ConfigureAwait(false);
        else if (value is IDisposable disposable)
            disposable.Dispose();
    }
}
