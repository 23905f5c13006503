using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>Reads settings that a lock guards.</summary>
internal readonly struct LockedRead<TLock>(TLock gate, Settings[] guarded) : ICall
    where TLock : struct, IDictionaryLock<TLock>
{
    public int Invoke(int index)
    {
        gate.EnterRead();
        int found = guarded[0] is null ? 0 : 1;
        gate.ExitRead();
        return found;
    }
}
