using LockFree.Tests.Shadow;
using Real = System.Threading.Monitor;

namespace LockFree;

/// <summary>
/// Stands in for <see cref="Real"/> in the shadow build. Under a scheduler a wait hands over to another thread and then returns as if pulsed: whoever waits
/// has to check its condition anyway. (The lock statement keeps the real monitor; there are no points inside of locks.)
/// </summary>
internal static class Monitor
{
    public static void Wait(object gate)
    {
        Real.Exit(gate);
        bool hasYielded = Schedule.TryYield();
        Real.Enter(gate);
        if (!hasYielded)
            Real.Wait(gate);
    }

    public static void PulseAll(object gate) => Real.PulseAll(gate);
}
