using LockFree.Benchmarks.Calls;

namespace LockFree.Benchmarks.Cells;

/// <summary>Reads a setting from a volatile field.</summary>
internal readonly struct VolatileRead(VolatileRead.Holder holder) : ICall
{
    public int Invoke(int index) => holder.Value.BatchSize;

    internal sealed class Holder(Settings value)
    {
        public volatile Settings Value = value;
    }
}
