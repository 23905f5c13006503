namespace LockFree;

/// <summary>A cell that has a way of its own to subscribe; any other is asked for its next change again and again.</summary>
internal interface IChangeSource<out T>
{
    IDisposable Subscribe(IChangeSink<T> sink);
}
