using System.Numerics;

namespace LockFree;

/// <summary>
/// The overflow blocks of one table, named by index and handed out one by one. Blocks live in a few large arrays, so a chain costs no objects.
/// </summary>
/// <remarks>
/// Blocks are rented before a bucket is locked, since allocating may fail, and returned when they turn out not to be needed. The blocks that
/// are free form a stack threaded through <see cref="Bucket{TKey,TValue}.Overflow"/>; its head carries a count of changes beside the index, so
/// that a head which was taken and put back in between is not mistaken for an untouched one.
/// </remarks>
internal sealed class OverflowArena<TKey, TValue>
{
    private const int MaximumChunks = 30;

    // Chunk n holds 2^(n + _firstChunkLog) blocks, so the chunk of an index follows from its highest bit.
    private readonly int _firstChunkLog;
    private Bucket<TKey, TValue>[]?[]? _chunks;
    private int _used;
    private long _freeHead;

    public OverflowArena(int tableLog) => _firstChunkLog = Math.Max(2, tableLog - 4);

    /// <summary>Whether any block has ever been rented.</summary>
    public bool IsUsed => Volatile.Read(ref _used) != 0;

    /// <summary>The block with an index that <see cref="Rent"/> has given out.</summary>
    public ref Bucket<TKey, TValue> this[int index]
    {
        get
        {
            int position = index - 1 + (1 << _firstChunkLog);
            int log = BitOperations.Log2((uint)position);
            return ref _chunks![log - _firstChunkLog]![position - (1 << log)];
        }
    }

    /// <summary>A chain of empty blocks linked through their overflow index, 0 when <paramref name="count"/> is 0.</summary>
    /// <exception cref="OutOfMemoryException">No block was taken.</exception>
    public int Rent(int count)
    {
        int head = 0;
        try
        {
            for (; count > 0; count--)
            {
                int index = RentOne();
                this[index].Overflow = head;
                head = index;
            }
            return head;
        }
        catch
        {
            Return(head);
            throw;
        }
    }

    /// <summary>Takes the first block off a rented chain.</summary>
    public int TakeFrom(ref int chain)
    {
        int index = chain;
        ref Bucket<TKey, TValue> block = ref this[index];
        chain = block.Overflow;
        block.Overflow = 0;
        return index;
    }

    /// <summary>Gives back a rented chain that no bucket has been linked to.</summary>
    public void Return(int chain)
    {
        while (chain != 0)
        {
            int index = TakeFrom(ref chain);
            while (true)
            {
                long head = Volatile.Read(ref _freeHead);
                // Plain write: published by the exchange of the head below.
                this[index].Overflow = (int)head;
                if (Interlocked.CompareExchange(ref _freeHead, WithIndex(head, index), head) == head)
                    break;
            }
        }
    }

    private int RentOne()
    {
        while (true)
        {
            long head = Volatile.Read(ref _freeHead);
            if ((int)head == 0)
                return RentFresh();
            // The block may be rented by another thread meanwhile and its link changed; then the head has changed too and the exchange fails.
            int next = Volatile.Read(ref this[(int)head].Overflow);
            if (Interlocked.CompareExchange(ref _freeHead, WithIndex(head, next), head) == head)
                return (int)head;
        }
    }

    private int RentFresh()
    {
        while (true)
        {
            int used = Volatile.Read(ref _used);
            int log = BitOperations.Log2((uint)(used + (1 << _firstChunkLog)));
            EnsureChunk(log - _firstChunkLog, 1 << log);
            // Taken only once its chunk exists: a failed allocation loses no index.
            if (Interlocked.CompareExchange(ref _used, used + 1, used) == used)
                return used + 1;
        }
    }

    private void EnsureChunk(int chunk, int length)
    {
        if (Volatile.Read(ref _chunks) is null)
            Interlocked.CompareExchange(ref _chunks, new Bucket<TKey, TValue>[MaximumChunks][], null);
        // The exchange publishes the zeroed chunk; a racing thread's chunk is dropped.
        if (Volatile.Read(ref _chunks![chunk]) is null)
            Interlocked.CompareExchange(ref _chunks[chunk], EntryMemory.Allocate<Bucket<TKey, TValue>>(length), null);
    }

    private static long WithIndex(long head, int index) => (((head >> 32) + 1) << 32) | (uint)index;
}
