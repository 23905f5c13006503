using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LockFree;

/// <summary>
/// Asks the processor for memory ahead of its use, so that cache misses which would follow each other overlap. Nothing is read: an address that is out of
/// date, because the garbage collector has moved an object or another thread has changed a reference, does no harm.
/// </summary>
internal static unsafe class CacheLines
{
    public const int Size = 64;

    // The beginning of an object lies in one line or in two.
    private const int ObjectSize = Size / 2;

    /// <summary>
    /// Fetches what follows the first line of a struct, up to four lines. Nothing for a struct that is smaller than two: where the lines are in the cache
    /// already, asking for them costs as much as a few instructions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchRest<T>(ref T location)
    {
        if (!Sse.IsSupported || Unsafe.SizeOf<T>() < Size * 2)
            return;
        byte* start = (byte*)Unsafe.AsPointer(ref location);
        Sse.Prefetch0(start + Size);
        if (Unsafe.SizeOf<T>() > Size * 2)
            Sse.Prefetch0(start + (Size * 2));
        if (Unsafe.SizeOf<T>() > Size * 3)
            Sse.Prefetch0(start + (Size * 3));
        // It need not begin where a line does.
        Sse.Prefetch0(start + Unsafe.SizeOf<T>() - 1);
    }

    /// <summary>Fetches the beginning of an object, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchObject<T>(ref T reference)
    {
        if (!Sse.IsSupported || typeof(T).IsValueType)
            return;
        byte* start = (byte*)Unsafe.As<T, nint>(ref reference);
        if (start is null)
            return;
        Sse.Prefetch0(start);
        Sse.Prefetch0(start + ObjectSize);
    }

    /// <summary>Fetches an array's elements that are to be read soon, from one on. There may be fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchAhead<T>(ref T location, int count)
    {
        if (!Sse.IsSupported)
            return;
        byte* start = (byte*)Unsafe.AsPointer(ref location);
        for (nint offset = 0; offset < (nint)count * Unsafe.SizeOf<T>(); offset += Size)
            Sse.Prefetch0(start + offset);
    }
}
