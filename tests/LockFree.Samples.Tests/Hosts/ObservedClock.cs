using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace LockFree.Samples.Tests.Hosts;

/// <summary>
/// A clock that moves only when told, and that tells when the code under test has begun to wait: so a test knows that a delay
/// has been reached without waiting for it.
/// </summary>
public sealed class ObservedClock : FakeTimeProvider
{
    private readonly ConcurrentDictionary<TimeSpan, Waits> _waits = new();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ObservedTimer(base.CreateTimer(callback, state, dueTime, period), Of(dueTime));
        Of(dueTime).Begun.Release();
        return timer;
    }

    /// <summary>Completes when a delay of this length has begun; each delay is told once.</summary>
    public Task DelayBegunAsync(TimeSpan length) => Of(length).Begun.WaitAsync();

    /// <summary>How many delays of this length have begun and are neither over nor cancelled.</summary>
    public int DelaysPending(TimeSpan length) => Volatile.Read(ref Of(length).Pending);

    private Waits Of(TimeSpan length) => _waits.GetOrAdd(length, static _ => new Waits());

    private sealed class Waits
    {
        public readonly SemaphoreSlim Begun = new(0);
        public int Pending;
    }

    /// <summary>A delay disposes of its timer when it is over.</summary>
    private sealed class ObservedTimer : ITimer
    {
        private readonly ITimer _timer;
        private Waits? _waits;

        public ObservedTimer(ITimer timer, Waits waits)
        {
            _timer = timer;
            _waits = waits;
            Interlocked.Increment(ref waits.Pending);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _waits, null) is { } waits)
                Interlocked.Decrement(ref waits.Pending);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
