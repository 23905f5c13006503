namespace LockFree.Tests.Collections.Histories;

/// <summary>
/// What one key of a map does when calls come one after the other. A map is correct if it is correct for every key on its own (Herlihy and Wing 1990),
/// so the state is a single value, 0 while the key is missing.
/// </summary>
internal static class KeyModel
{
    /// <summary>Makes a call on a state; false if the call could not have had the outcome it had.</summary>
    public static bool TryStep(ref long state, in Call call)
    {
        bool exists = state != 0;
        switch (call.Kind)
        {
            case CallKind.Read:
                return Tells(call, exists, state);
            case CallKind.Contains:
                return call.Succeeded == exists;
            case CallKind.Set:
                state = call.Argument;
                return true;
            case CallKind.Exchange:
                return Tells(call, exists, state) && Become(ref state, call.Argument);
            case CallKind.Add:
                return exists ? !call.Succeeded && call.Outcome == state : call.Succeeded && Become(ref state, call.Argument);
            case CallKind.TryAdd:
                return call.Succeeded != exists && (exists || Become(ref state, call.Argument));
            case CallKind.Update:
                return Tells(call, exists, state) && (!exists || Become(ref state, call.Argument));
            case CallKind.UpdateIf:
                return call.Succeeded == (exists && state == call.Comparand) && (!call.Succeeded || Become(ref state, call.Argument));
            case CallKind.Remove:
                return Tells(call, exists, state) && Become(ref state, 0);
            case CallKind.Discard:
                return call.Succeeded == exists && Become(ref state, 0);
            case CallKind.RemoveIf:
                return call.Succeeded == (exists && state == call.Comparand) && (!call.Succeeded || Become(ref state, 0));
            case CallKind.Clear:
                state = 0;
                return true;
            default:
                throw new ArgumentOutOfRangeException(nameof(call));
        }
    }

    private static bool Tells(in Call call, bool exists, long state) => call.Succeeded == exists && (!exists || call.Outcome == state);

    private static bool Become(ref long state, long value)
    {
        state = value;
        return true;
    }
}
