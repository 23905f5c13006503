using System.Runtime.ExceptionServices;

namespace LockFree.Tests.Shadow;

/// <summary>A thread that goes on only when it is told to, and stops where it is told to. Of the test and its stepped threads one runs at a time.</summary>
internal sealed class SteppedThread : IScheduler
{
    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _stopped = new(0);
    private int _pointsLeft;
    private StepOutcome _outcome;
    private Exception? _failure;

    public SteppedThread(Action act) => new Thread(() => Run(act)) { IsBackground = true }.Start();

    /// <summary>Lets the thread go on until it has come to so many points, waits for another thread or ends.</summary>
    /// <exception cref="Exception">What the thread has thrown.</exception>
    public StepOutcome Run(int points = int.MaxValue)
    {
        if (_outcome != StepOutcome.Ended)
        {
            _pointsLeft = points;
            _go.Release();
            _stopped.Wait();
        }
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        return _outcome;
    }

    /// <summary>Lets threads go on in turn until all have ended.</summary>
    public static void RunToEnd(params SteppedThread[] threads)
    {
        bool areAllEnded;
        do
        {
            areAllEnded = true;
            foreach (SteppedThread thread in threads)
                areAllEnded &= thread.Run() == StepOutcome.Ended;
        }
        while (!areAllEnded);
    }

    public void Point()
    {
        if (--_pointsLeft == 0)
            Stop(StepOutcome.AtPoint);
    }

    public void Yield() => Stop(StepOutcome.Waiting);

    private void Stop(StepOutcome outcome)
    {
        _outcome = outcome;
        _stopped.Release();
        _go.Wait();
    }

    private void Run(Action act)
    {
        _go.Wait();
        Schedule.Enter(this);
        try
        {
            act();
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
        Schedule.Leave();
        _outcome = StepOutcome.Ended;
        _stopped.Release();
    }
}
