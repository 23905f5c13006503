using System.Numerics;

namespace LockFree.Tests.Collections.Histories;

/// <summary>
/// Decides whether the calls made on one key can be explained by each of them taking effect at one moment between its beginning and its end.
/// </summary>
/// <remarks>
/// Just-in-time linearisation (G. Lowe, "Testing for linearizability", 2017): goes through the beginnings and ends in the order of time and keeps the set
/// of configurations that are still possible, each a state and the calls under way that have taken effect already. Linear in the length of the history,
/// exponential only in the number of calls under way at once.
/// </remarks>
internal sealed class LinearizabilityChecker
{
    public const int MaximumThreads = 64;

    private HashSet<(ulong Applied, long State)> _possible = [];
    private HashSet<(ulong Applied, long State)> _next = [];
    private readonly HashSet<(ulong Applied, long State)> _visited = [];
    private readonly Stack<(ulong Applied, long State)> _open = [];

    /// <summary>The first call whose outcome cannot be explained, or null.</summary>
    public Call? FindInexplicable(IReadOnlyList<Call> calls)
    {
        var events = new List<(long Time, bool IsEnd, int Call)>(calls.Count * 2);
        for (int index = 0; index < calls.Count; index++)
        {
            events.Add((calls[index].Invoked, false, index));
            events.Add((calls[index].Returned, true, index));
        }
        // At equal times beginnings come first, so that the calls count as overlapping.
        events.Sort();

        var underWay = new int[MaximumThreads];
        ulong threads = 0;
        _possible.Clear();
        _possible.Add((0, 0));
        foreach ((_, bool isEnd, int index) in events)
        {
            ulong bit = 1UL << calls[index].Thread;
            if (!isEnd)
            {
                underWay[calls[index].Thread] = index;
                threads |= bit;
                continue;
            }
            Advance(calls, underWay, threads, bit);
            if (_possible.Count == 0)
                return calls[index];
            threads &= ~bit;
        }
        return null;
    }

    /// <summary>Goes on to the configurations in which the call of one thread has taken effect, whatever other calls may have before it.</summary>
    private void Advance(IReadOnlyList<Call> calls, int[] underWay, ulong threads, ulong ending)
    {
        _next.Clear();
        _visited.Clear();
        foreach ((ulong, long) configuration in _possible)
            _open.Push(configuration);
        while (_open.TryPop(out (ulong Applied, long State) configuration))
        {
            if ((configuration.Applied & ending) != 0)
            {
                _next.Add((configuration.Applied & ~ending, configuration.State));
                continue;
            }
            for (ulong rest = threads & ~configuration.Applied; rest != 0; rest &= rest - 1)
            {
                int thread = BitOperations.TrailingZeroCount(rest);
                long state = configuration.State;
                if (!KeyModel.TryStep(ref state, calls[underWay[thread]]))
                    continue;
                (ulong, long) reached = (configuration.Applied | (1UL << thread), state);
                if (_visited.Add(reached))
                    _open.Push(reached);
            }
        }
        (_possible, _next) = (_next, _possible);
    }
}
