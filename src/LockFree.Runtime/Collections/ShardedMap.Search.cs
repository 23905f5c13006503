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

        /// <summary>How long this operation has been waiting for others.</summary>
        public SpinWait Wait;

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
        ref Bucket<TKey, TValue> block = ref cursor.Root;
        ulong word = cursor.Word;
        while (true)
        {
            for (ulong slots = BucketWord.Match(word, cursor.Pattern); slots != 0; slots = BucketWord.Rest(slots))
            {
                int slot = BucketWord.First(slots);
                TKey stored = EntryMemory.Read(ref Bucket<TKey, TValue>.EntryAt(ref block, slot).Key);
                if (!cursor.IsUnchanged())
                    return SearchResult.Changed;
                if (!probe.Matches(stored))
                    continue;
                cursor.Block = ref block;
                cursor.Slot = slot;
                return SearchResult.Found;
            }

            // Acquire reads: the block's contents were written before it was linked, an entry before its tag.
            int next = (cursor.Word & BucketWord.Overflow) == 0 ? 0 : Volatile.Read(ref block.Overflow);
            if (next == 0)
                return SearchResult.Missing;
            block = ref cursor.Table.Overflow[next];
            word = Volatile.Read(ref block.Word);
        }
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

    /// <summary>
    /// Finds the entry of a key, or the bucket where it is missing, for a writer: moves the bucket first if the table is being moved, and waits
    /// while another writer has it locked.
    /// </summary>
    private bool Seek(TKey key, ulong hash, scoped ref Cursor cursor)
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
                    Pause(ref cursor.Wait);
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
