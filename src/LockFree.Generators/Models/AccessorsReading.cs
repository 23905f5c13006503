namespace LockFree.Generators.Models;

/// <summary>What one declaration was read as.</summary>
/// <param name="Model">What to generate; null where the declaration does not mark the class, or where nothing can be generated.</param>
/// <param name="Problems">What keeps the class, or clients of it, from being generated.</param>
internal sealed record AccessorsReading(AccessorsModel? Model, EquatableArray<ProblemModel> Problems)
{
    /// <summary>Nothing to generate and nothing to say.</summary>
    public static readonly AccessorsReading Nothing = new(null, default);
}
