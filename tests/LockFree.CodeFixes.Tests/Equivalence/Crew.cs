namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>A few threads that are used again and again, to run a piece of work each, all starting at the same moment.</summary>
internal sealed class Crew : IDisposable
{
    private readonly Barrier _begin;
    private readonly Barrier _end;
    private readonly Thread[] _threads;
    private Action[] _work = [];
    private int _unready;

    public Crew(int size)
    {
        _begin = new Barrier(size + 1);
        _end = new Barrier(size + 1);
        _threads = [.. Enumerable.Range(0, size).Select(index => new Thread(() => Serve(index)) { IsBackground = true })];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    /// <summary>Runs at most as many pieces of work as there are threads, and waits for them all.</summary>
    public void Run(Action[] work)
    {
        _work = work;
        _unready = work.Length;
        _begin.SignalAndWait();
        _end.SignalAndWait();
    }

    public void Dispose()
    {
        _work = [];
        _unready = -1;
        _begin.SignalAndWait();
        foreach (Thread thread in _threads)
            thread.Join();

        _begin.Dispose();
        _end.Dispose();
    }

    private void Serve(int index)
    {
        while (true)
        {
            _begin.SignalAndWait();
            if (_unready < 0)
                return;

            if (index < _work.Length)
            {
                // A barrier wakes its threads one after the other: they wait for the last of them awake.
                Interlocked.Decrement(ref _unready);
                var spin = default(SpinWait);
                while (Volatile.Read(ref _unready) > 0)
                    spin.SpinOnce(sleep1Threshold: -1);

                _work[index]();
            }

            _end.SignalAndWait();
        }
    }
}
