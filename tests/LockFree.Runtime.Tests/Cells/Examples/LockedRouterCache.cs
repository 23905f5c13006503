namespace LockFree.Tests.Examples;

internal sealed class LockedRouterCache
{
    private readonly ReaderWriterLockSlim _lock = new();
    private Router _router = Router.Empty;

    public Router Router
    {
        get
        {
            _lock.EnterReadLock(); // Every request pays for this, and waits while somebody writes.
            try
            {
                return _router;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    public void Update(Router router)
    {
        _lock.EnterWriteLock();
        try
        {
            _router = router; // Made from an earlier Router? Then what came in between is lost.
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
