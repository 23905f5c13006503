using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>
/// A sum that many threads change without meeting: a thread that is the first to use a cell owns it and adds without an atomic instruction; threads that
/// share its number modulo the number of cells add atomically beside it. Exact when nobody writes.
/// </summary>
/// <remarks>The number of a thread that has ended is given to another one, which then owns what the first has owned: never two at a time.</remarks>
internal sealed class StripedCounter
{
    private static readonly int CellCount = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4);

    // Cells are made when a thread first needs them: most maps are written by few threads.
    private readonly Cell?[] _cells = new Cell?[CellCount];

    // For threads for whose cell there was no memory.
    private long _rest;

    /// <summary>The sum. While others write, a subtraction may be seen without an earlier addition: never below zero here.</summary>
    public long Value
    {
        get
        {
            long sum = Volatile.Read(ref _rest);
            foreach (Cell? cell in _cells)
            {
                if (cell is not null)
                    sum += Volatile.Read(ref cell.Sums.Owned) + Volatile.Read(ref cell.Sums.Shared);
            }
            return Math.Max(0, sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int delta)
    {
        int thread = Environment.CurrentManagedThreadId;
        Cell?[] cells = _cells;
        Cell? cell = cells[thread & (cells.Length - 1)];
        if (cell is not null && cell.Owner == thread)
            // Nobody else writes it; release, so that the sum never goes back.
            Volatile.Write(ref cell.Sums.Owned, cell.Sums.Owned + delta);
        else
            AddShared(thread, delta);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddShared(int thread, int delta)
    {
        ref Cell? slot = ref _cells[thread & (_cells.Length - 1)];
        if (Volatile.Read(ref slot) is null)
        {
            try
            {
                // Of threads that race for the cell one owns it.
                Interlocked.CompareExchange(ref slot, new Cell(thread), null);
            }
            catch (OutOfMemoryException)
            {
                Interlocked.Add(ref _rest, delta);
                return;
            }
        }
        Interlocked.Add(ref slot!.Sums.Shared, delta);
    }

    private sealed class Cell(int owner)
    {
        public readonly int Owner = owner;
        public Sums Sums;
    }

    /// <summary>Padded on both sides, since objects may begin anywhere in a cache line.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Sums
    {
        [FieldOffset(56)]
        public long Owned;

        [FieldOffset(64)]
        public long Shared;
    }
}
