using System.Runtime.CompilerServices;

namespace LockFree;

/// <content>
/// Finding an entry without a lock, for readers and writers alike.
/// <list type="bullet">
/// <item>The version is read first, the word second, entries third, the version again last. An unchanged version proves that the entries are
/// the ones the tags of the word promised (see <see cref="Bucket{TKey,TValue}"/>), whole and not reused.</item>
/// <item>A miss needs no proof: an entry never changes its block while it is alive, so one that was there all the time would have been found. (A writer
/// that adds the key then locks the bucket only if it has not changed.)</item>
/// <item>No copied key is shown to an equality of the caller's before that proof.</item>
/// <item>A moved bucket sends everybody on to the next table; its own entries stay as they were, so whoever is still reading them
/// reads the state of a moment ago, within its own call.</item>
/// </list>
/// </content>
public sealed partial class ShardedMap<TKey, TValue>
{
    private enum SearchResult
    {
        Missing,
        Found,

        /// <summary>The bucket changed during the search: search again.</summary>
        Changed,
    }

    /// <summary>What a search has seen of a bucket, and where it found its entry. A writer locks on the condition that nothing has changed since.</summary>
    /// <remarks>
    /// Methods which are not inlined get a copy of it: a reference would keep it in memory instead of registers, which costs half as much again as the
    /// whole update of a value.
    /// </remarks>
    private ref struct Cursor
    {
        public Table<TKey, TValue> Table;

        /// <summary>The bucket the hash leads to.</summary>
        public ref Bucket<TKey, TValue> Root;

        public uint Version;
        public ulong Word;
        public ulong Pattern;

        /// <summary>The root or the block of its chain that has the entry.</summary>
        public ref Bucket<TKey, TValue> Block;

        public int Slot;

        public readonly ref Entry<TKey, TValue> Entry
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Bucket<TKey, TValue>.EntryAt(ref Block, Slot);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Open(Table<TKey, TValue> table, ulong hash)
        {
            Table = table;
            Root = ref table.BucketFor(hash);
            Pattern = BucketWord.Pattern(hash);
            // Version before word, both before the entries: acquire reads.
            Version = Volatile.Read(ref Root.Version);
            Word = Volatile.Read(ref Root.Word);
        }

        /// <summary>Whether everything read from the bucket so far was whole and belonged together.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool IsUnchanged()
        {
            // The copies above must be complete before the version is read again.
            Volatile.ReadBarrier();
            return Root.Version == Version;
        }

        /// <summary>Copies the value of the entry found; false if the bucket changed.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly bool TryRead(out TValue value)
        {
            value = EntryMemory.Read(ref Entry.Value);
            return IsUnchanged();
        }
    }

    /// <summary>Looks through the bucket the cursor has opened and its chain.</summary>
    private static SearchResult Search<TProbe>(scoped ref Cursor cursor, TProbe probe)
        where TProbe : struct, IProbe, allows ref struct
    {
        cursor.Block = ref cursor.Root;
        SearchResult result = SearchBlock(ref cursor, cursor.Word, probe);
        if (result != SearchResult.Missing || !BucketWord.MayBeElsewhere(cursor.Word, cursor.Pattern))
            return result;
        // Acquire reads: the block's contents were written before it was linked, an entry before its tag.
        for (int index = Volatile.Read(ref cursor.Root.Overflow); index != 0; index = Volatile.Read(ref cursor.Block.Overflow))
        {
            cursor.Block = ref cursor.Table.Overflow[index];
            result = SearchBlock(ref cursor, Volatile.Read(ref cursor.Block.Word), probe);
            if (result != SearchResult.Missing)
                return result;
        }
        return SearchResult.Missing;
    }

    /// <summary>Looks through the cursor's block, of which <paramref name="word"/> is the word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SearchResult SearchBlock<TProbe>(scoped ref Cursor cursor, ulong word, TProbe probe)
        where TProbe : struct, IProbe, allows ref struct
    {
        for (ulong slots = BucketWord.Match(word, cursor.Pattern); slots != 0; slots = BucketWord.Rest(slots))
        {
            cursor.Slot = BucketWord.First(slots);
            TKey stored = EntryMemory.Read(ref cursor.Entry.Key);
            if (!cursor.IsUnchanged())
                return SearchResult.Changed;
            if (probe.Matches(stored))
                return SearchResult.Found;
        }
        return SearchResult.Missing;
    }

    /// <summary>Finds an entry for a reader, who waits for nobody: a locked bucket is read like any other.</summary>
    private bool TryFind<TProbe>(TProbe probe, ulong hash, scoped ref Cursor cursor)
        where TProbe : struct, IProbe, allows ref struct
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        while (true)
        {
            cursor.Open(table, hash);
            if ((cursor.Word & BucketWord.Moved) != 0)
            {
                table = table.Next!;
                continue;
            }
            SearchResult result = Search(ref cursor, probe);
            if (result != SearchResult.Changed)
                return result == SearchResult.Found;
        }
    }

    /// <summary>Finds the entry of a key, or the bucket where it is missing, for a writer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Seek(TKey key, ulong hash, scoped ref Cursor cursor, scoped ref SpinWait wait)
    {
        // The common case laid out by hand, as in TryGetValue: one candidate at most, nothing like it in a chain, no other writer, no move.
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        if (_comparer is null && Volatile.Read(ref table.Next) is null)
        {
            cursor.Open(table, hash);
            ulong slots = BucketWord.Match(cursor.Word, cursor.Pattern);
            if (slots == 0)
            {
                if ((cursor.Word & (InTheWay | BucketWord.InChain(cursor.Pattern))) == 0)
                    return false;
            }
            else if ((cursor.Word & InTheWay) == 0)
            {
                cursor.Block = ref cursor.Root;
                cursor.Slot = BucketWord.First(slots);
                TKey stored = EntryMemory.Read(ref cursor.Entry.Key);
                if (cursor.IsUnchanged() && AreBuiltInEqual(stored, key))
                    return true;
            }
        }
        Cursor copy = default;
        bool isFound = SeekThoroughly(key, hash, ref copy, ref wait);
        cursor = copy;
        return isFound;
    }

    /// <summary>
    /// Finds the entry of a key, or the bucket where it is missing, for a writer: moves the bucket first if the table is being moved, and waits
    /// while another writer has it locked.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SeekThoroughly(TKey key, ulong hash, scoped ref Cursor cursor, scoped ref SpinWait wait)
    {
        Table<TKey, TValue> table = Volatile.Read(ref _table);
        while (true)
        {
            if (Volatile.Read(ref table.Next) is not null)
                HelpMove(table, hash);
            cursor.Open(table, hash);
            if ((cursor.Word & (BucketWord.Locked | BucketWord.Moved)) != 0)
            {
                if ((cursor.Word & BucketWord.Moved) != 0)
                    table = table.Next!;
                else
                    Pause(ref wait);
                continue;
            }
            SearchResult result = Search(ref cursor, new KeyProbe(this, key));
            if (result != SearchResult.Changed)
                return result == SearchResult.Found;
        }
    }

    /// <summary>Lets others go on: spins, then yields, never sleeps for a whole tick.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pause(ref SpinWait wait) => wait.SpinOnce(sleep1Threshold: -1);
}
