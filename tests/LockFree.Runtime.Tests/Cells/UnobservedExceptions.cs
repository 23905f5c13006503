namespace LockFree.Tests;

/// <summary>Counts the reports of <see cref="TaskScheduler.UnobservedTaskException"/> that have a text of their own in them.</summary>
internal sealed class UnobservedExceptions : IDisposable
{
    private int _reports;

    public UnobservedExceptions() => TaskScheduler.UnobservedTaskException += Count;

    /// <summary>The message for the exceptions that are to be counted.</summary>
    public string Message { get; } = Guid.NewGuid().ToString();

    /// <summary>Collects what nothing keeps alive: a faulted task is reported when it goes.</summary>
    /// <returns>How many have been reported until now.</returns>
    public int Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Volatile.Read(ref _reports);
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= Count;

    private void Count(object? sender, UnobservedTaskExceptionEventArgs arguments)
    {
        if (arguments.Exception.ToString().Contains(Message))
            Interlocked.Increment(ref _reports);
    }
}
