using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>Reads a setting that a lock guards.</summary>
internal readonly struct LockedRead<TLock>(TLock gate, Settings[] guarded) : ICall
    where TLock : struct, IDictionaryLock<TLock>
{
    public int Invoke(int index)
    {
        gate.EnterRead();
        int batchSize = guarded[0].BatchSize;
        gate.ExitRead();
        return batchSize;
    }
}
