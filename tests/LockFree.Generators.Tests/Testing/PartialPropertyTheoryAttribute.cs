namespace LockFree.Generators.Tests.Testing;

/// <summary>A theory about partial properties: skipped where the compiler has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PartialPropertyTheoryAttribute : TheoryAttribute
{
    public PartialPropertyTheoryAttribute() => Skip = HostCompiler.SkipReason;
}
