using System.Diagnostics;

namespace LockFree;

/// <summary>See <see cref="Cell.Constant"/>.</summary>
[DebuggerDisplay("{Load()}")]
internal sealed class ConstantCell<T>(T value) : IReadOnlyCell<T>
{
    public T Load() => value;

    public ValueTask<T> WaitForChangeAsync(T seen, CancellationToken cancellationToken = default) =>
        EqualityComparer<T>.Default.Equals(value, seen)
            ? new ValueTask<T>(new TaskCompletionSource<T>().Task.WaitAsync(cancellationToken))
            : new ValueTask<T>(value);

    public IDisposable OnChange(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return NoSubscription.Instance;
    }

    private sealed class NoSubscription : IDisposable
    {
        public static readonly NoSubscription Instance = new();

        public void Dispose()
        {
        }
    }
}
