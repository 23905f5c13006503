using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>What the machine, rather than the type's author, says about values of a type.</summary>
internal static class Atomicity<T>
{
    /// <summary>
    /// Whether a value is read and written in one piece: references, primitives and enums up to the size of a pointer, and anything of one byte.
    /// </summary>
    /// <remarks>A constant to the compiler. A field would have to be looked up wherever code is shared between reference types.</remarks>
    public static bool IsAtomic =>
        !typeof(T).IsValueType
        || Unsafe.SizeOf<T>() == 1
        || ((typeof(T).IsPrimitive || typeof(T).IsEnum) && Unsafe.SizeOf<T>() <= nint.Size);

    /// <summary>
    /// Whether two values are the same value, so that what was computed from one holds for the other: the same reference or the same bits.
    /// </summary>
    /// <remarks>
    /// Never the type's own equality: that may be coarser than identity, so that what was computed from the one would not hold for the other,
    /// and it is the caller's code. May be false for the same value, if the garbage collector comes in between or padding differs.
    /// </remarks>
    public static bool IsSame(T left, T right)
    {
        if (!typeof(T).IsValueType)
            return ReferenceEquals(left, right);
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            return BytesOf(ref left).SequenceEqual(BytesOf(ref right));

        // Only a collection moves what the bits point to: if none came in between, equal bits are the same references.
        int collections = GC.CollectionCount(0);
        return BytesOf(ref left).SequenceEqual(BytesOf(ref right)) && GC.CollectionCount(0) == collections;
    }

    private static ReadOnlySpan<byte> BytesOf(ref T value) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
}
