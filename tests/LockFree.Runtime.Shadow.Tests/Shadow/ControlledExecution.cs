using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Shadow;

/// <summary>
/// Lets one thread run at a time and decides at every point, by a random number, whether and to whom to hand over. The same seed gives the same schedule.
/// Shows every interleaving of the points sooner or later, but no reordering of memory.
/// </summary>
internal sealed class ControlledExecution : IExecution, IScheduler
{
    private const int SwitchOneIn = 4;

    [ThreadStatic]
    private static int _thread;

    private SemaphoreSlim[] _turns = [];
    private List<int> _alive = [];
    private Random _random = new(0);
    private long _steps;

    public void Begin(int threads, int seed)
    {
        _turns = [.. Enumerable.Range(0, threads).Select(_ => new SemaphoreSlim(0))];
        _alive = [.. Enumerable.Range(0, threads)];
        _random = new Random(seed);
        _steps = 0;
        _turns[_random.Next(threads)].Release();
    }

    public void Enter(int thread)
    {
        _thread = thread;
        _turns[thread].Wait();
        Schedule.Enter(this);
    }

    public void Leave()
    {
        Schedule.Leave();
        _alive.Remove(_thread);
        if (_alive.Count > 0)
            _turns[_alive[_random.Next(_alive.Count)]].Release();
    }

    public long Now() => ++_steps;

    public void Point()
    {
        _steps++;
        if (_random.Next(SwitchOneIn) == 0)
            Yield();
    }

    public void Yield()
    {
        _steps++;
        int next = _alive[_random.Next(_alive.Count)];
        if (next == _thread)
            return;
        _turns[next].Release();
        _turns[_thread].Wait();
    }
}
