namespace LockFree.Analyzers.Tests.Traps;

/// <summary>Code that invites a wrong finding, and the findings of one rule that are right for it.</summary>
/// <param name="Number">The number of the trap in the catalogue of traps.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Rule">The rule that may fall into it.</param>
/// <param name="Expected">The severities of the rule's findings, in source order: none is silence.</param>
/// <param name="Source">Types without namespaces and usings, which compile.</param>
internal sealed record Trap(int Number, string Name, string Rule, string[] Expected, string Source)
{
    /// <summary>False where the lock itself is the point, so that another kind of lock is another program.</summary>
    public bool TakesAnyLock { get; init; } = true;

    public override string ToString() => $"{Number} {Name}";
}
