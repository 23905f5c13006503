using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LockFree.Tests.Shadow;

namespace LockFree;

/// <summary>
/// Stands in for the runtime's own in the shadow build: a copy that takes more than one store is made word by word with a point between the words, so that
/// it can tear; and allocations can be made to wait or fail.
/// </summary>
internal static class EntryMemory
{
    [ThreadStatic]
    private static Action? _onAllocation;

    /// <summary>What every allocation of a table, of overflow blocks or of copies on this thread does first.</summary>
    public static Action? OnAllocation
    {
        get => _onAllocation;
        set => _onAllocation = value;
    }

    public static T Read<T>(ref T location)
    {
        Schedule.Point();
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            return location;
        T copy = default!;
        CopyWords(ref location, ref copy);
        return copy;
    }

    public static void Write<T>(ref T location, T value)
    {
        Schedule.Point();
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            location = value;
        else
            CopyWords(ref value, ref location);
        Schedule.Point();
    }

    public static void Copy<T>(ref T first, T[] target, int count)
    {
        for (int i = 0; i < count; i++)
            target[i] = Read(ref Unsafe.Add(ref first, i));
    }

    public static T[] Allocate<T>(int length)
    {
        Schedule.Point();
        _onAllocation?.Invoke();
        return new T[length];
    }

    /// <summary>Never zeroed where that is not owed, so that whoever relies on zeros fails in every run. Taken for a word it is one of a full, unlocked bucket.</summary>
    public static T[] AllocateUninitialized<T>(int length)
    {
        T[] array = Allocate<T>(length);
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            Unsafe.InitBlock(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(array)), 0xA4, checked((uint)(length * (long)Unsafe.SizeOf<T>())));
        return array;
    }

    private static void CopyWords<T>(ref T from, ref T to)
    {
        ref byte source = ref Unsafe.As<T, byte>(ref from);
        ref byte target = ref Unsafe.As<T, byte>(ref to);
        int position = 0;
        for (; position + sizeof(long) <= Unsafe.SizeOf<T>(); position += sizeof(long))
        {
            if (position > 0)
                Schedule.Point();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, position), Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref source, position)));
        }
        if (position < Unsafe.SizeOf<T>())
            Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref target, position), ref Unsafe.Add(ref source, position), (uint)(Unsafe.SizeOf<T>() - position));
    }
}
