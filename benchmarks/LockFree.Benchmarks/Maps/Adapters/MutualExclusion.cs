namespace LockFree.Benchmarks.Maps;

/// <summary>What <c>lock</c> does.</summary>
public readonly struct MutualExclusion : IDictionaryLock<MutualExclusion>
{
    private readonly Lock _lock;

    private MutualExclusion(Lock @lock) => _lock = @lock;

    public static string Name => MapNames.Locked;

    public static MutualExclusion Create() => new(new Lock());

    public void EnterRead() => _lock.Enter();

    public void ExitRead() => _lock.Exit();

    public void EnterWrite() => _lock.Enter();

    public void ExitWrite() => _lock.Exit();
}
