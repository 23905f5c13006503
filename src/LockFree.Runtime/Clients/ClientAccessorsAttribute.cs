namespace LockFree;

/// <summary>
/// Marks a partial class whose members marked with <see cref="ClientAttribute"/> are implemented by the LockFree source generator: the
/// constructor takes each client's <see cref="ClientSlot{T}"/> from a <see cref="ClientHub"/> once, and each member is a read of that slot.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ClientAccessorsAttribute : Attribute;
