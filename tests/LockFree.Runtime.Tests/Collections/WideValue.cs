namespace LockFree.Tests.Collections;

/// <summary>A value of four redundant words.</summary>
internal readonly record struct WideValue(long First, long Second, long Third, long Fourth)
{
    public WideValue(long number)
        : this(number, ~number, number, ~number)
    {
    }

    public bool IsWhole => Second == ~First && Third == First && Fourth == ~First;
}
