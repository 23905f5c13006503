using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Shadow;

/// <summary>Threads run as the operating system lets them, but at every point one in sixteen stumbles. Finds faults fastest, cannot be repeated.</summary>
internal sealed class NoisyExecution : IExecution, IScheduler
{
    private const int OneIn = 16;
    private readonly FreeExecution _free = new();

    [ThreadStatic]
    private static uint _state;

    public void Begin(int threads, int seed)
    {
    }

    public void Enter(int thread)
    {
        _state = (uint)Environment.CurrentManagedThreadId * 2_654_435_761u | 1;
        Schedule.Enter(this);
    }

    public void Leave() => Schedule.Leave();

    public long Now() => _free.Now();

    public void Point()
    {
        // Marsaglia's xorshift.
        uint state = _state;
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        _state = state;
        if (state % OneIn != 0)
            return;
        switch ((state >> 16) & 7)
        {
            case 0:
                Thread.Sleep(0);
                break;
            case 1:
            case 2:
                Thread.Yield();
                break;
            default:
                Thread.SpinWait((int)(state >> 20) & 127);
                break;
        }
    }

    public void Yield() => Thread.Yield();
}
