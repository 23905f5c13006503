using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LockFree.Testing;

/// <summary>A test of what only a compiler of C# 13 and later knows; the MSBuild property <c>RoslynHost</c> chooses older ones to test in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CSharp13FactAttribute : FactAttribute
{
    /// <summary>Why such a test is skipped, or null.</summary>
    internal static readonly string? SkipReason = Enum.IsDefined((LanguageVersion)1300) ? null : "The compiler under test is older than C# 13.";

    public CSharp13FactAttribute() => Skip = SkipReason;
}
