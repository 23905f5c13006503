using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// One activation of a function during a walk: the root body, or a helper, local function or lambda walked in place. The same
/// helper walked twice has two frames, so that what excludes each other in one call does not seem to in two.
/// </summary>
internal sealed class CallFrame
{
    public CallFrame(IMethodSymbol? function, ObjectPath self, CallFrame? caller, IOperation? callSite)
    {
        Function = function;
        This = self;
        Caller = caller;
        CallSite = callSite;
        Depth = caller is null ? 0 : caller.Depth + 1;
    }

    /// <summary>The method, accessor, local function or lambda; null for a field or property initialiser.</summary>
    public IMethodSymbol? Function { get; }

    /// <summary>What <c>this</c> means here, in the words of the root.</summary>
    public ObjectPath This { get; }

    public CallFrame? Caller { get; }

    /// <summary>The call that is walked in place; the lambda itself where it is walked as one that runs later; null in a member.</summary>
    public IOperation? CallSite { get; }

    /// <summary>Zero in a root body.</summary>
    public int Depth { get; }

    public bool IsAsync => Function is { IsAsync: true };

    /// <summary>True in a member that ends the object's life, and in what it calls.</summary>
    public bool IsTeardown => Teardown.Is(Function) || Caller is { IsTeardown: true };

    /// <summary>True where this frame is <paramref name="frame"/> or was called from it, directly or not.</summary>
    public bool IsWithin(CallFrame frame)
    {
        for (CallFrame? here = this; here is not null; here = here.Caller)
        {
            if (ReferenceEquals(here, frame))
                return true;
        }

        return false;
    }
}
