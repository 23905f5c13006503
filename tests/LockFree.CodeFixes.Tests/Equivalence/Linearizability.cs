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
    /// <param name="specification">What is right, run by one thread.</param>
    /// <param name="history">The calls.</param>
    /// <param name="mayDoNothing">Names of methods without a result whose calls may also have done nothing at all.</param>
    public static bool HasOrder(CompiledProgram specification, IReadOnlyList<RecordedCall> history, IReadOnlyCollection<string> mayDoNothing)
    {
        RecordedCall[] calls = [.. history.OrderBy(call => call.Invoked)];
        return HasOrder(specification, calls, new bool[calls.Length], [], mayDoNothing);
    }

    private static bool HasOrder(CompiledProgram specification, RecordedCall[] calls, bool[] taken, List<RecordedCall> order, IReadOnlyCollection<string> mayDoNothing)
    {
        if (taken.All(isTaken => isTaken))
            return true;

        for (int candidate = 0; candidate < calls.Length; candidate++)
        {
            RecordedCall next = calls[candidate];
            if (taken[candidate] || calls.Where((call, index) => !taken[index] && call.Precedes(next)).Any())
                continue;

            taken[candidate] = true;
            if (OutcomeAfter(specification, order, next) == next.Outcome)
            {
                order.Add(next);
                if (HasOrder(specification, calls, taken, order, mayDoNothing))
                    return true;

                order.RemoveAt(order.Count - 1);
            }

            if (mayDoNothing.Contains(next.Method.Name) && HasOrder(specification, calls, taken, order, mayDoNothing))
                return true;

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
