using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>
/// The only places where keys and values that other threads may be writing are copied, and where arrays of them are allocated. A copy is not atomic;
/// whoever reads has to check the bucket's version before it uses what it read. Kept apart so that tests can compile the map against a copy
/// that tears on purpose and an allocator that fails.
/// </summary>
/// <remarks>
/// One thing copies owe, though the memory model promises it for single fields only: what <see cref="Atomicity{T}"/> calls atomic is copied in one piece as a part of
/// something larger, too. It is aligned, and the processors .NET runs on split no aligned part of a wider access.
/// </remarks>
internal static class EntryMemory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ref T location) => location;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(ref T location, T value) => location = value;

    /// <summary>Copies several neighbours to the beginning of an array.</summary>
    public static void Copy<T>(ref T first, T[] target, int count) => MemoryMarshal.CreateReadOnlySpan(ref first, count).CopyTo(target);

    public static T[] Allocate<T>(int length) => new T[length];

    /// <summary>An array with anything in it, except where that might be taken for references.</summary>
    public static T[] AllocateUninitialized<T>(int length) => GC.AllocateUninitializedArray<T>(length);
}
