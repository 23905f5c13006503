namespace LockFree.Benchmarks.Maps;

/// <summary>What people put around a dictionary that several threads use.</summary>
public interface IDictionaryLock<TSelf>
    where TSelf : struct, IDictionaryLock<TSelf>
{
    static abstract string Name { get; }

    static abstract TSelf Create();

    void EnterRead();

    void ExitRead();

    void EnterWrite();

    void ExitWrite();
}
