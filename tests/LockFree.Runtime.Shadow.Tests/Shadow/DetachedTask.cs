using LockFree.Tests.Shadow;

namespace LockFree;

/// <summary>
/// Stands in for the runtime's own in the shadow build: under a scheduler, what is started runs on the thread that starts it, so that it is a part of the
/// schedule.
/// </summary>
internal static class DetachedTask
{
    public static void Start(Func<Task> work) => _ = Schedule.TryYield() ? work() : Task.Run(work);
}
