using System.Collections.Immutable;
using DotNext.Threading;
using LockFree.Benchmarks.Calls;
using LockFree.Benchmarks.Maps;

namespace LockFree.Benchmarks.Cells;

/// <summary>The ways to replace settings by new ones that are made from them.</summary>
internal static class UpdateCalls
{
    internal readonly struct Cell(SwapCell<Settings> cell) : ICall
    {
        public int Invoke(int index) => cell.Update(static (current, _) => Next(current), index) is null ? 0 : 1;
    }

    internal readonly struct Immutable(Settings[] field) : ICall
    {
        public int Invoke(int index) => ImmutableInterlocked.Update(ref field[0], static (current, _) => Next(current), index) ? 1 : 0;
    }

    /// <summary>DotNext's update of a field.</summary>
    internal readonly struct DotNextAtomic(Settings[] field) : ICall
    {
        public int Invoke(int index) => Atomic.UpdateAndGet(ref field[0], static current => Next(current)) is null ? 0 : 1;
    }

    internal readonly struct Locked<TLock>(TLock gate, Settings[] field) : ICall
        where TLock : struct, IDictionaryLock<TLock>
    {
        public int Invoke(int index)
        {
            gate.EnterWrite();
            field[0] = Next(field[0]);
            gate.ExitWrite();
            return 1;
        }
    }

    private static Settings Next(Settings current) => current is null ? throw new InvalidOperationException("There were none.") : new Settings();
}
