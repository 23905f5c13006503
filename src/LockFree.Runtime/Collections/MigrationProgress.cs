using System.Runtime.InteropServices;

namespace LockFree;

/// <summary>
/// How far the move into the next table has come: a cache line away from the table's other fields, which every operation reads. Not nested in the
/// table because a generic type cannot have an explicit layout.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct MigrationProgress
{
    /// <summary>1 once a thread has the right to make the next table.</summary>
    [FieldOffset(64)]
    public int Begun;

    /// <summary>How many buckets have been claimed, counted on past the end of the table.</summary>
    [FieldOffset(68)]
    public int Claimed;

    /// <summary>How many buckets have been moved.</summary>
    [FieldOffset(72)]
    public int Moved;
}
