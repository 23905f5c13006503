using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>
/// A sum that many threads change without meeting: a thread that owns a cell adds to it without an atomic instruction; the others, whose number is that of
/// an owner modulo the number of cells, add atomically to the stripe of the processor they run on. Exact when nobody writes.
/// </summary>
/// <remarks>The cell of a thread that has ended passes to one of those, with its sum.</remarks>
internal sealed class StripedCounter
{
    private static readonly int StripeCount = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount);

    // More cells than processors, because the numbers of the threads that are busy have gaps.
    private static readonly int CellCount = StripeCount * 4;

    // Asking whether a thread has ended takes longer than adding: it is asked when the sum of a stripe comes by a multiple of a power of two.
    private const long AddsBetweenLooks = 15;

    // The first stripe is left unused: it shares its cache line with the array's header.
    private readonly Stripe[] _stripes = new Stripe[StripeCount + 1];

    // Cells are made when a thread first needs them: most maps are written by few threads.
    private readonly Cell?[] _cells = new Cell?[CellCount];

    /// <summary>The sum. While others write, a subtraction may be seen without an earlier addition: never below zero here.</summary>
    public long Value
    {
        get
        {
            // Full fence: what this thread has added is seen by all before it looks at the others' cells. So of two threads that each add and then look,
            // at least one sees both additions.
            Interlocked.MemoryBarrier();
            long sum = 0;
            for (int i = 1; i < _stripes.Length; i++)
                sum += Volatile.Read(ref _stripes[i].Value);
            foreach (Cell? cell in _cells)
            {
                if (cell is not null)
                    sum += Volatile.Read(ref cell.Sum.Value);
            }
            return Math.Max(0, sum);
        }
    }

    /// <summary>The cell of the calling thread, if it owns one. Then it does until it ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cell? OwnCell()
    {
        Thread thread = Thread.CurrentThread;
        Cell?[] cells = _cells;
        Cell? cell = cells[thread.ManagedThreadId & (cells.Length - 1)];
        return cell is not null && cell.Owner == thread ? cell : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int delta) => Add(OwnCell(), delta);

    /// <summary>Adds to the cell of the calling thread, as <see cref="OwnCell"/> gave it, or to a stripe if it owns none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Cell? own, int delta)
    {
        if (own is not null)
            // Nobody else writes it. Release: who sees the sum sees what was done before.
            Volatile.Write(ref own.Sum.Value, own.Sum.Value + delta);
        else
            AddToStripe(delta);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddToStripe(int delta)
    {
        Thread thread = Thread.CurrentThread;
        // Threads may change processors at any time, so the stripe is shared after all and needs an atomic addition.
        long sum = Interlocked.Add(ref _stripes[1 + (Thread.GetCurrentProcessorId() & (_stripes.Length - 2))].Value, delta);
        ref Cell? slot = ref _cells[thread.ManagedThreadId & (_cells.Length - 1)];
        Cell? cell = Volatile.Read(ref slot);
        if (cell is null)
            MakeCell(ref slot, thread);
        else if ((sum & AddsBetweenLooks) == 0)
            TakeOver(cell, thread);
    }

    private static void MakeCell(ref Cell? slot, Thread thread)
    {
        try
        {
            // Full fence: of threads that race for the cell one owns it, from its next addition on.
            Interlocked.CompareExchange(ref slot, new Cell(thread), null);
        }
        catch (OutOfMemoryException)
        {
            // The stripe does as well.
        }
    }

    private static void TakeOver(Cell cell, Thread thread)
    {
        Thread owner = Volatile.Read(ref cell.Owner);
        if (!owner.IsAlive)
            // Full fence: of threads that race for the cell one owns it, from its next addition on. What its owner added before it ended is seen.
            Interlocked.CompareExchange(ref cell.Owner, thread, owner);
    }

    internal sealed class Cell(Thread owner)
    {
        // Compared by identity: the number of a thread that has ended is given to another one.
        public Thread Owner = owner;
        public PaddedSum Sum;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Stripe
    {
        [FieldOffset(0)]
        public long Value;
    }

    /// <summary>Padded on both sides, since objects may begin anywhere in a cache line.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct PaddedSum
    {
        [FieldOffset(64)]
        public long Value;
    }
}
