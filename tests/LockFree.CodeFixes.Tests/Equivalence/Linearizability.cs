namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>
/// Whether the calls of a concurrent history could have taken effect one after the other: the search of Wing and Gong (1993), with a program run
/// in one thread for the sequential specification. What a prefix of an order leads to is found by running it again on a fresh object, so the
/// specification needs no model of its state. For histories of a dozen calls.
/// </summary>
internal static class Linearizability
{
    /// <summary>
    /// Whether there is an order of the calls in which the specification gives every call the outcome it had, and in which a call that had ended
    /// before another began comes first.
    /// </summary>
    public static bool HasOrder(CompiledProgram specification, IReadOnlyList<RecordedCall> history)
    {
        RecordedCall[] open = [.. history.OrderBy(call => call.Invoked)];
        return HasOrder(specification, open, new bool[open.Length], []);
    }

    private static bool HasOrder(CompiledProgram specification, RecordedCall[] calls, bool[] taken, List<RecordedCall> order)
    {
        if (order.Count == calls.Length)
            return true;

        for (int candidate = 0; candidate < calls.Length; candidate++)
        {
            RecordedCall next = calls[candidate];
            if (taken[candidate] || calls.Where((call, index) => !taken[index] && call.Precedes(next)).Any() || OutcomeAfter(specification, order, next) != next.Outcome)
                continue;

            taken[candidate] = true;
            order.Add(next);
            if (HasOrder(specification, calls, taken, order))
                return true;

            order.RemoveAt(order.Count - 1);
            taken[candidate] = false;
        }

        return false;
    }

    private static string OutcomeAfter(CompiledProgram specification, List<RecordedCall> prefix, RecordedCall call)
    {
        object fresh = specification.New();
        foreach (RecordedCall earlier in prefix)
            CallOutcome.Of(fresh, specification.Find(earlier.Method), earlier.Arguments);

        return CallOutcome.Of(fresh, specification.Find(call.Method), call.Arguments);
    }
}
