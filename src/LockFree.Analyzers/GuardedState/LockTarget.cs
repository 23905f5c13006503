using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Where a called method finds the lock object: its receiver, an argument or a static field, and the members followed from there.
/// </summary>
internal sealed class LockTarget
{
    private LockTarget(ISymbol? staticMember, int argument, ImmutableArray<ISymbol> members)
    {
        StaticMember = staticMember;
        Argument = argument;
        Members = members;
    }

    /// <summary>The object the method is called on.</summary>
    public static LockTarget Receiver { get; } = new(null, -1, ImmutableArray<ISymbol>.Empty);

    /// <summary>The static field the lock is in; null where it comes with the call.</summary>
    public ISymbol? StaticMember { get; }

    /// <summary>The ordinal of the parameter; negative for the receiver.</summary>
    public int Argument { get; }

    /// <summary>Followed from the receiver, the argument or the static field.</summary>
    public ImmutableArray<ISymbol> Members { get; }

    public bool IsReceiver => StaticMember is null && Argument < 0;

    public static LockTarget Parameter(int ordinal) => new(null, ordinal, ImmutableArray<ISymbol>.Empty);

    public static LockTarget Static(ISymbol member) => new(member, -1, ImmutableArray<ISymbol>.Empty);

    public LockTarget Append(ISymbol member) => new(StaticMember, Argument, Members.Add(member));

    public bool IsSameAs(LockTarget other) =>
        Argument == other.Argument && SymbolEqualityComparer.Default.Equals(StaticMember, other.StaticMember)
        && Members.SequenceEqual(other.Members, SymbolEqualityComparer.Default);
}
