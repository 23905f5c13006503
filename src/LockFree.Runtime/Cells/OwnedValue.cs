namespace LockFree;

/// <summary>The one way the library disposes what it owns.</summary>
internal static class OwnedValue
{
    /// <summary>Disposes <paramref name="value"/> if it can be disposed, asynchronously where it can be both.</summary>
    public static ValueTask DisposeAsync(object? value)
    {
        switch (value)
        {
            case IAsyncDisposable asyncDisposable:
                return asyncDisposable.DisposeAsync();
            case IDisposable disposable:
                disposable.Dispose();
                return ValueTask.CompletedTask;
            default:
                return ValueTask.CompletedTask;
        }
    }
}
