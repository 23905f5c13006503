using System.Runtime.CompilerServices;

namespace LockFree;

/// <summary>Stands in for the library's one downcast in the shadow build: counts how often each slot's type is restored.</summary>
internal static class Downcast
{
    private static readonly ConditionalWeakTable<ClientSlot, StrongBox<int>> Counts = [];

    public static ClientSlot<T> ToSlot<T>(ClientSlot slot)
        where T : class
    {
        System.Threading.Interlocked.Increment(ref Counts.GetOrAdd(slot, static _ => new StrongBox<int>()).Value);
        return (ClientSlot<T>)slot;
    }

    public static int CountOf(ClientSlot slot) => Counts.TryGetValue(slot, out var count) ? count.Value : 0;
}
