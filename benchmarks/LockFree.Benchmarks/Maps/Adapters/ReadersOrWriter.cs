namespace LockFree.Benchmarks.Maps;

/// <summary>A reader-writer lock.</summary>
public readonly struct ReadersOrWriter : IDictionaryLock<ReadersOrWriter>
{
    private readonly ReaderWriterLockSlim _lock;

    private ReadersOrWriter(ReaderWriterLockSlim @lock) => _lock = @lock;

    public static string Name => MapNames.ReaderWriterLocked;

    public static ReadersOrWriter Create() => new(new ReaderWriterLockSlim());

    public void EnterRead() => _lock.EnterReadLock();

    public void ExitRead() => _lock.ExitReadLock();

    public void EnterWrite() => _lock.EnterWriteLock();

    public void ExitWrite() => _lock.ExitWriteLock();
}
