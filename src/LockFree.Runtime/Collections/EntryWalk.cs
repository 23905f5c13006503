using System.Runtime.CompilerServices;

namespace LockFree;

/// <summary>Goes over the used slots of a bucket and of its chain, in an order that is the same for as long as the bucket does not change.</summary>
/// <remarks>Unless the bucket is locked, whoever uses it has to check the bucket's version afterwards.</remarks>
internal ref struct EntryWalk<TKey, TValue>
{
    private readonly Table<TKey, TValue> _table;
    private readonly bool _hasChain;
    private ref Bucket<TKey, TValue> _block;
    private ulong _word;
    private ulong _slots;
    private int _slot;

    public EntryWalk(Table<TKey, TValue> table, ref Bucket<TKey, TValue> root, ulong word)
    {
        _table = table;
        _hasChain = (word & BucketWord.Overflow) != 0;
        _block = ref root;
        _word = word;
        _slots = BucketWord.Used(word);
    }

    public readonly ref Entry<TKey, TValue> Current => ref Bucket<TKey, TValue>.EntryAt(ref _block, _slot);

    /// <summary>The tag of the current entry as <see cref="BucketWord.Pattern"/> gives it.</summary>
    public readonly ulong Pattern => BucketWord.PatternAt(_word, _slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (_slots == 0 && !MoveToNextBlock())
            return false;
        _slot = BucketWord.First(_slots);
        _slots = BucketWord.Rest(_slots);
        return true;
    }

    private bool MoveToNextBlock()
    {
        while (_hasChain)
        {
            // Acquire reads: the block's contents were written before it was linked, an entry before its tag.
            int next = Volatile.Read(ref _block.Overflow);
            if (next == 0)
                return false;
            _block = ref _table.Overflow[next];
            _word = Volatile.Read(ref _block.Word);
            _slots = BucketWord.Used(_word);
            if (_slots != 0)
                return true;
        }
        return false;
    }
}
