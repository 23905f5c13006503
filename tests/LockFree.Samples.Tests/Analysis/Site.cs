namespace LockFree.Samples.Tests.Analysis;

/// <summary>A line of a sample that has to do with an item of the checklist.</summary>
public sealed record Site(int Item, string File, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => $"item {Item}: {File}:{Line}";
}
