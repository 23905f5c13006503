namespace LockFree;

/// <summary>Hands every change to a user's handler.</summary>
internal sealed class HandlerSink<T> : IChangeSink<T>
{
    private readonly Action<T> _handler;

    public HandlerSink(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
    }

    public void Begin(T current)
    {
    }

    public void Change(T value) => _handler(value);
}
