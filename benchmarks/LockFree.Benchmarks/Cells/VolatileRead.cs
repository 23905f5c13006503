using LockFree.Benchmarks.Calls;

namespace LockFree.Benchmarks.Cells;

/// <summary>Reads settings from a volatile field.</summary>
internal readonly struct VolatileRead(VolatileRead.Holder holder) : ICall
{
    public int Invoke(int index) => holder.Value is null ? 0 : 1;

    internal sealed class Holder(Settings value)
    {
        public volatile Settings Value = value;
    }
}
