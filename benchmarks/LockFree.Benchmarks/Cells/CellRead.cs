using LockFree.Benchmarks.Calls;

namespace LockFree.Benchmarks.Cells;

/// <summary>Reads a setting from a <see cref="SwapCell{T}"/>.</summary>
internal readonly struct CellRead(SwapCell<Settings> cell) : ICall
{
    public int Invoke(int index) => cell.Load().BatchSize;
}
