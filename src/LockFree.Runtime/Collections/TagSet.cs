namespace LockFree;

/// <summary>The tags that some slots of a bucket had; without any slots, all tags.</summary>
internal readonly struct TagSet(ulong word, ulong slots)
{
    /// <summary>Whether a tag, as <see cref="BucketWord.Pattern"/> gives it, is one of them.</summary>
    public bool Contains(ulong pattern) => slots == 0 || (BucketWord.Same(word, pattern) & slots) != 0;
}
