namespace LockFree.Generators.Tests.Testing;

/// <summary>A fact about partial properties: skipped where the compiler has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PartialPropertyFactAttribute : FactAttribute
{
    public PartialPropertyFactAttribute() => Skip = HostCompiler.SkipReason;
}
