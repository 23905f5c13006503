namespace LockFree.Tests.Examples;

internal sealed class LockedReports(ReportStore first)
{
    private readonly ReaderWriterLockSlim _lock = new();
    private ReportStore _store = first;

    public string Read()
    {
        _lock.EnterReadLock(); // Held for as long as the store is used: so nothing may be awaited here.
        try
        {
            return _store.Read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Reopen(ReportStore next)
    {
        _lock.EnterWriteLock(); // Waits for the slowest reader, and makes every new one wait, too.
        try
        {
            _store.Dispose(); // User code under the lock.
            _store = next;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
