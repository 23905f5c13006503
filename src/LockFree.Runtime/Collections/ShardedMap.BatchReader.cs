using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

public sealed partial class ShardedMap<TKey, TValue>
{
    /// <summary>Copies the entries of a table, bucket after bucket, a few buckets at a time.</summary>
    /// <remarks>
    /// A bucket with its chain is copied as one: the copies are kept only if its version is the same before and after. So what is read of it is what it held
    /// at one moment, and nothing comes twice, whatever changes its slots afterwards. Blocks are copied as a whole, with their free slots; which of the
    /// places then hold entries is told by a set of one bit each. So little depends on what a bucket holds, and the processor need not guess it.
    /// </remarks>
    internal sealed class BatchReader
    {
        private const int MaximumBlocks = 8;

        // The places of a block: one more than it has slots, so that a set of them is one byte.
        private const int Places = BucketWord.Slots + 1;

        // Few enough that what has been copied is still in the nearest cache when it is asked for.
        private const int MaximumBytes = 4096;

        // In bytes. A smaller table is in the cache as often as not, and asking for what is there already takes time.
        private const int LargeTable = 1 << 21;

        private static readonly BatchReader Ended = new();

        private readonly ShardedMap<TKey, TValue> _map = null!;
        private readonly Table<TKey, TValue> _table = null!;
        private readonly int _end;
        private readonly bool _isLarge;
        private int _bucket;

        // The versions of the buckets that are being copied together.
        private Versions _versions;

        // Blocks of chains are copied to the end of the batch, from here on; the set of their entries.
        private int _chainBlocks;
        private ulong _chainEntries;

        // The entries of a bucket that could not be copied block by block, and how many of them have come.
        private EntryBuffer<TKey, TValue> _collected = new(0);
        private int _position;

        private BatchReader()
        {
        }

        private BatchReader(ShardedMap<TKey, TValue> map, Table<TKey, TValue> table, int bucket)
        {
            _map = map;
            _table = table;
            _bucket = bucket;
            _end = table.Buckets.Length;
            _isLarge = (long)_end * Unsafe.SizeOf<Bucket<TKey, TValue>>() >= LargeTable;
            Batch = EntryMemory.Allocate<Bucket<TKey, TValue>>(
                Math.Min(_end, Math.Clamp(MaximumBytes / Unsafe.SizeOf<Bucket<TKey, TValue>>(), 1, MaximumBlocks)));
        }

        /// <summary>The places for the entries.</summary>
        public Bucket<TKey, TValue>[] Batch { get; } = [];

        /// <summary>Whether buckets are collected entry by entry: to copy one as a whole may take as much of the stack.</summary>
        private static bool IsTooLarge => Unsafe.SizeOf<Bucket<TKey, TValue>>() > MaximumBytes;

        /// <summary>A reader for the entries of a table. Allocates nothing if there are none.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static BatchReader Over(ShardedMap<TKey, TValue> map, Table<TKey, TValue> table)
        {
            for (int bucket = 0; bucket < table.Buckets.Length; bucket++)
            {
                // In one piece, also where that takes more than a plain read: a bucket that is found to be empty is not looked at again.
                if (Volatile.Read(ref table.Buckets[bucket].Word) is not (0 or BucketWord.Locked))
                    return new BatchReader(map, table, bucket);
            }
            return Ended;
        }

        /// <summary>Copies the next entries into <see cref="Batch"/>.</summary>
        /// <returns>The places that hold entries, as one bit each; none if all have come.</returns>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public ulong ReadNext()
        {
            while (true)
            {
                if (_position < _collected.Count)
                    return TakeCollected();
                if (_bucket == _end)
                {
                    LetGo();
                    return 0;
                }
                ulong entries = IsTooLarge ? CollectBucket() : ReadBuckets();
                if (entries != 0)
                    return entries;
            }
        }

        /// <summary>The entry in one of the places of a batch, which is not checked.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref Entry<TKey, TValue> EntryAt(Bucket<TKey, TValue>[] batch, int place)
        {
            // As if each block had one entry more than it has: from place to place it is the size of an entry, from block to block what is missing to that of
            // a bucket. The latter is often zero, which the compiler knows.
            ref byte first = ref Unsafe.As<EntrySlots<TKey, TValue>, byte>(ref MemoryMarshal.GetArrayDataReference(batch).Entries);
            nint gap = Unsafe.SizeOf<Bucket<TKey, TValue>>() - (Places * Unsafe.SizeOf<Entry<TKey, TValue>>());
            nint offset = ((nint)(uint)place * Unsafe.SizeOf<Entry<TKey, TValue>>()) + ((nint)((uint)place / Places) * gap);
            return ref Unsafe.As<byte, Entry<TKey, TValue>>(ref Unsafe.AddByteOffset(ref first, offset));
        }

        /// <summary>Copies as many buckets as there is room for, up to one that has to be collected; that one if it is the first.</summary>
        private ulong ReadBuckets()
        {
            ref Bucket<TKey, TValue> first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_table.Buckets), (nuint)(uint)_bucket);
            ref Bucket<TKey, TValue> batch = ref MemoryMarshal.GetArrayDataReference(Batch);
            ulong entries = 0;
            int count = 0;
            int end = Math.Min(_end - _bucket, Batch.Length);
            // Those after these: while they are on their way, these are copied and walked over.
            if (_isLarge && _end - _bucket > Batch.Length)
                CacheLines.FetchAhead(ref Unsafe.Add(ref first, (nuint)(uint)Batch.Length), Batch.Length);
            _chainBlocks = Batch.Length;
            _chainEntries = 0;
            for (; count < end; count++)
            {
                ref Bucket<TKey, TValue> bucket = ref Unsafe.Add(ref first, (nuint)(uint)count);
                // Version before word, both before the entries: acquire reads.
                uint version = Volatile.Read(ref bucket.Version);
                ulong word = Volatile.Read(ref bucket.Word);
                if ((word & (BucketWord.Overflow | BucketWord.Moved)) != 0)
                {
                    if ((word & BucketWord.Moved) != 0 || !TryReadChain(ref bucket, count + 1))
                        break;
                    end = Math.Min(end, _chainBlocks);
                }
                if (HasReferences)
                {
                    _versions[count] = version;
                }
                else
                {
                    Unsafe.Add(ref batch, (nuint)(uint)count).Entries = EntryMemory.Read(ref bucket.Entries);
                    // The copies must be complete before the version is read again.
                    Volatile.ReadBarrier();
                    if (bucket.Version != version)
                        return CollectBucket();
                }
                entries |= PlacesOf(word) << (count * Places);
            }
            if (count == 0 || (HasReferences && !TryCopyTogether(ref first, count)))
                return CollectBucket();
            _bucket += count;
            return entries | _chainEntries;
        }

        private bool TryCopyTogether(ref Bucket<TKey, TValue> first, int count)
        {
            EntryMemory.Copy(ref first, Batch, count);
            // The copies must be complete before the versions are read again.
            Volatile.ReadBarrier();
            for (int i = 0; i < count; i++)
            {
                if (Unsafe.Add(ref first, (nuint)(uint)i).Version != _versions[i])
                    return false;
            }
            return true;
        }

        /// <summary>Copies the entries of a bucket that is changing, has been moved or has a long chain, one by one.</summary>
        private ulong CollectBucket()
        {
            // Taken over only when complete: if a hash throws meanwhile, the walk comes to this bucket again.
            EntryBuffer<TKey, TValue> collected = _collected;
            collected.Truncate(0);
            _map.CopyBucket(_table, _bucket, ref collected);
            _collected = collected;
            _position = 0;
            _bucket++;
            return 0;
        }

        /// <summary>Copies the blocks of a chain to the end of the batch, if they leave a certain number of blocks before them.</summary>
        private bool TryReadChain(ref Bucket<TKey, TValue> bucket, int minimum)
        {
            int blocks = _chainBlocks;
            ulong entries = _chainEntries;
            // Acquire reads: a block's contents were written before it was linked, an entry before its tag.
            for (int next = Volatile.Read(ref bucket.Overflow); next != 0;)
            {
                if (blocks == minimum)
                    return false;
                ref Bucket<TKey, TValue> block = ref _table.Overflow[next];
                ulong word = Volatile.Read(ref block.Word);
                next = Volatile.Read(ref block.Overflow);
                Batch[--blocks].Entries = EntryMemory.Read(ref block.Entries);
                entries |= PlacesOf(word) << (blocks * Places);
            }
            _chainBlocks = blocks;
            _chainEntries = entries;
            return true;
        }

        /// <summary>Lets go of what the copies refer to.</summary>
        private void LetGo()
        {
            _collected = new EntryBuffer<TKey, TValue>(0);
            _position = 0;
            if (HasReferences)
                Array.Clear(Batch);
        }

        private ulong TakeCollected()
        {
            ulong entries = 0;
            for (int block = 0; block < Batch.Length; block++)
            {
                for (int slot = 0; slot < BucketWord.Slots && _position < _collected.Count; slot++)
                {
                    KeyValuePair<TKey, TValue> entry = _collected[_position++];
                    Bucket<TKey, TValue>.EntryAt(ref Batch[block], slot) = new Entry<TKey, TValue> { Key = entry.Key, Value = entry.Value };
                    entries |= 1UL << ((block * Places) + slot);
                }
            }
            return entries;
        }

        // The highest bits of the tags, side by side.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong PlacesOf(ulong word) => (BucketWord.Used(word) * 0x0002_0408_1020_4081) >> 56;

        [InlineArray(MaximumBlocks)]
        private struct Versions
        {
            private uint _first;
        }
    }
}
