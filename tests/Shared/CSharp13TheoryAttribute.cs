using Xunit;

namespace LockFree.Testing;

/// <summary>A theory about what only a compiler of C# 13 and later knows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CSharp13TheoryAttribute : TheoryAttribute
{
    public CSharp13TheoryAttribute() => Skip = CSharp13FactAttribute.SkipReason;
}
