using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>The ways to replace settings as a whole. Each stores one of two by turns.</summary>
internal static class StoreCalls
{
    internal readonly struct Cell(SwapCell<Settings> cell, Settings[] stored) : ICall
    {
        public int Invoke(int index)
        {
            cell.Store(stored[index & 1]);
            return 1;
        }
    }

    /// <summary>What it costs to replace at least.</summary>
    internal readonly struct InterlockedExchange(Settings[] field, Settings[] stored) : ICall
    {
        public int Invoke(int index) => Interlocked.Exchange(ref field[0], stored[index & 1]) is null ? 0 : 1;
    }

    internal readonly struct Locked<TLock>(TLock gate, Settings[] field, Settings[] stored) : ICall
        where TLock : struct, IDictionaryLock<TLock>
    {
        public int Invoke(int index)
        {
            gate.EnterWrite();
            field[0] = stored[index & 1];
            gate.ExitWrite();
            return 1;
        }
    }
}
