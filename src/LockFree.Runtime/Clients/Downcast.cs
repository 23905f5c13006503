namespace LockFree;

/// <summary>
/// The one place where a client's type, erased in the hub's map, is restored: once for those who keep the slot. A slot is stored under its
/// own type, so the cast cannot fail.
/// </summary>
internal static class Downcast
{
    public static ClientSlot<T> ToSlot<T>(ClientSlot slot)
        where T : class => (ClientSlot<T>)slot;
}
