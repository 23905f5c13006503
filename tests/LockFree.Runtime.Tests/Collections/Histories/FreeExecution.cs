using System.Diagnostics;

namespace LockFree.Tests.Collections.Histories;

/// <summary>Threads run as the operating system lets them.</summary>
internal sealed class FreeExecution : IExecution
{
    public void Begin(int threads, int seed)
    {
    }

    public void Enter(int thread)
    {
    }

    public void Leave()
    {
    }

    public long Now()
    {
        // Fenced on both sides: otherwise a store may still be under way when its call has "returned", or a load be made before its call has "begun",
        // and correct code looks wrong.
        System.Threading.Interlocked.MemoryBarrier();
        long time = Stopwatch.GetTimestamp();
        System.Threading.Interlocked.MemoryBarrier();
        return time;
    }
}
