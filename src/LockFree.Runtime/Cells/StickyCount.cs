namespace LockFree;

/// <summary>How many hold something. Once it has come to nought for good it stays there: whoever comes later is refused.</summary>
/// <remarks>
/// <para>The sticky counter of D. Anderson, G. Blelloch and Y. Wei ("Turning Manual Concurrent Memory Reclamation into Automatic Reference
/// Counting", PLDI 2022), without its read operation: nobody loops, neither to increment nor to decrement. A loop of compare-and-swap,
/// as in <c>SafeHandle</c>, would do the same but starts again whenever another reader was faster.</para>
/// <para>Invariants: the count is not negative until a decrement that has come to nought changes nought into <see cref="Expired"/>. Between
/// the two a newcomer may still get in, and then it is up to whoever comes to nought after him. From then on it is negative for good:
/// the increments of those who are refused would need 2^62 of them to bring it back.</para>
/// <para>Every operation is interlocked, a full fence: what a holder did comes before what is done after the last decrement.</para>
/// </remarks>
internal struct StickyCount
{
    private const long Expired = long.MinValue / 2;

    private long _count;

    /// <summary>Begins with one holder.</summary>
    public StickyCount() => _count = 1;

    /// <summary>One more holder.</summary>
    /// <returns><see langword="false"/> when there are none for good.</returns>
    public bool TryIncrement() => Interlocked.Increment(ref _count) > 0;

    /// <summary>One holder less.</summary>
    /// <returns>Whether it was the last one: to exactly one caller.</returns>
    public bool Decrement() => Interlocked.Decrement(ref _count) == 0 && Interlocked.CompareExchange(ref _count, Expired, 0) == 0;
}
