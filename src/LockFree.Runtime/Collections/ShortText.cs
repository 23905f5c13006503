using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LockFree;

/// <summary>Compares text of the usual length of a key without a call.</summary>
internal static class ShortText
{
    private const int Minimum = 8;
    private const int Maximum = 16;

    /// <summary>Whether two texts have the same characters. The stored one may be null: a slot may have been cleared after its tag was read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(string? stored, string key)
    {
        if (stored is null || stored.Length != key.Length)
            return false;
        nuint length = (uint)key.Length;
        if (length - Minimum > Maximum - Minimum)
            return string.Equals(stored, key);
        // The first and the last eight characters, which overlap unless there are sixteen.
        ref ushort left = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in stored.GetPinnableReference()));
        ref ushort right = ref Unsafe.As<char, ushort>(ref Unsafe.AsRef(in key.GetPinnableReference()));
        Vector128<ushort> first = Vector128.LoadUnsafe(ref left) ^ Vector128.LoadUnsafe(ref right);
        Vector128<ushort> last = Vector128.LoadUnsafe(ref left, length - Minimum) ^ Vector128.LoadUnsafe(ref right, length - Minimum);
        return (first | last) == Vector128<ushort>.Zero;
    }
}
