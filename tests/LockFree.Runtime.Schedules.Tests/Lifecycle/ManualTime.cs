namespace LockFree.Schedules;

/// <summary>A clock whose timers fire when the scenario says so, on the scenario's own task.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state);
        lock (_timers)
            _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets every timer that has been made and not been disposed of run out.</summary>
    public void RunOut()
    {
        Timer[] timers;
        lock (_timers)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Fire();
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        private int _isDisposed;

        public void Fire()
        {
            if (Volatile.Read(ref _isDisposed) == 0)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => Volatile.Write(ref _isDisposed, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
