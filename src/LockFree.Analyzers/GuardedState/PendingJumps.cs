using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Ways out that have not reached their target yet, in the order they were met. One that arrives leaves a gap, so that the places of the others stay
/// what they were, and is found by where it goes: a function may have ten thousand of them.
/// </summary>
internal sealed class PendingJumps
{
    private readonly List<PendingJump> _jumps = [];
    private readonly Dictionary<ILabelSymbol, Stack<int>> _byTarget = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<CallFrame, Stack<int>> _byFrame = [];

    /// <summary>The place of the next one.</summary>
    public int Count => _jumps.Count;

    /// <summary>The jump at a place; one that nothing is held on where it has arrived.</summary>
    public PendingJump this[int index]
    {
        get => _jumps[index];
        set => _jumps[index] = value;
    }

    public void Add(PendingJump jump)
    {
        if (jump.Target is { } target)
            Note(_byTarget, target);
        else if (jump.ReturnsFrom is { } frame)
            Note(_byFrame, frame);
        _jumps.Add(jump);
    }

    public void Clear()
    {
        _jumps.Clear();
        _byTarget.Clear();
        _byFrame.Clear();
    }

    /// <summary>What is held on arriving at a label; the jumps are done with.</summary>
    public HeldLocks Take(ILabelSymbol target) => Take(_byTarget, target);

    /// <summary>What is held behind a function that was walked in place; its returns are done with.</summary>
    public HeldLocks TakeReturns(CallFrame frame) => Take(_byFrame, frame);

    private void Note<TKey>(Dictionary<TKey, Stack<int>> places, TKey key)
        where TKey : class
    {
        if (!places.TryGetValue(key, out Stack<int>? found))
            places.Add(key, found = new Stack<int>());
        found.Push(_jumps.Count);
    }

    private HeldLocks Take<TKey>(Dictionary<TKey, Stack<int>> places, TKey key)
        where TKey : class
    {
        HeldLocks merged = HeldLocks.Unreachable;
        if (!places.TryGetValue(key, out Stack<int>? found))
            return merged;
        places.Remove(key);
        foreach (int place in found) // the last one first
        {
            merged = HeldLocks.Merge(merged, _jumps[place].Held);
            _jumps[place] = default;
        }

        while (_jumps.Count > 0 && _jumps[_jumps.Count - 1].HasArrived)
            _jumps.RemoveAt(_jumps.Count - 1);
        return merged;
    }
}
