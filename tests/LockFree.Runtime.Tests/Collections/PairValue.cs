namespace LockFree.Tests.Collections;

/// <summary>A value of two redundant words.</summary>
internal readonly record struct PairValue(long First, long Second)
{
    public PairValue(long number)
        : this(number, ~number)
    {
    }

    public bool IsWhole => Second == ~First;
}
