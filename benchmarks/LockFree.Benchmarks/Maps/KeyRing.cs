namespace LockFree.Benchmarks.Maps;

/// <summary>
/// The keys of one thread, by their index, in a ring: those in the map follow each other, new ones come in at one end, and the oldest go at the other. So
/// the thread knows what is there without asking the map.
/// </summary>
internal struct KeyRing(int start, int length, int present)
{
    // Counted from the start.
    private int _oldest;
    private int _present = present;

    public readonly int Start => start;

    public readonly int Length => length;

    /// <summary>Gives each thread as many of the keys, and takes in the first part of them.</summary>
    public static KeyRing[] Split(int keys, int threads, double filled)
    {
        int length = keys / threads;
        return [.. Enumerable.Range(0, threads).Select(thread => new KeyRing(thread * length, length, (int)(filled * length)))];
    }

    /// <summary>Whether the key of an index of this ring is in the map.</summary>
    public readonly bool IsPresent(int index)
    {
        int ahead = index - start - _oldest;
        return (ahead < 0 ? ahead + length : ahead) < _present;
    }

    public bool TryTakeIn(out int index)
    {
        index = IndexOf(_oldest + _present);
        if (_present == length)
            return false;
        _present++;
        return true;
    }

    public bool TryTakeOut(out int index)
    {
        index = IndexOf(_oldest);
        if (_present == 0)
            return false;
        _present--;
        _oldest = _oldest + 1 == length ? 0 : _oldest + 1;
        return true;
    }

    private readonly int IndexOf(int fromStart) => start + (fromStart >= length ? fromStart - length : fromStart);
}
