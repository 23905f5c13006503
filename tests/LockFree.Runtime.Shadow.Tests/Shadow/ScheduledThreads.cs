using LockFree.Tests.Collections.Histories;

namespace LockFree.Tests.Shadow;

/// <summary>Runs a few actions at once under a schedule, one thread each.</summary>
internal static class ScheduledThreads
{
    /// <summary>No part of any test's logic: correct code never comes near it.</summary>
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs the actions; the first exception of one of them, or null.</summary>
    public static Exception? Run(IExecution execution, int seed, params Action[] actions)
    {
        Exception? failure = null;
        Thread[] threads = [.. actions.Select((action, index) => new Thread(() =>
        {
            execution.Enter(index);
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure ??= exception;
            }
            finally
            {
                execution.Leave();
            }
        }) { IsBackground = true })];
        execution.Begin(threads.Length, seed);
        foreach (Thread thread in threads)
            thread.Start();
        return threads.All(thread => thread.Join(HangLimit)) ? failure : new TimeoutException("A thread hangs.");
    }
}
