using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Testing;

/// <summary>The compiler these tests run in: the newest one, or an older one chosen with the MSBuild property <c>RoslynHost</c>.</summary>
internal static class HostCompiler
{
    /// <summary>From C# 13 on. Generator and analyzer are built for compilers that have never heard of them.</summary>
    public static readonly bool HasPartialProperties = Enum.IsDefined((LanguageVersion)1300);

    /// <summary>Why a test is skipped, or null.</summary>
    public static string? SkipReason => HasPartialProperties ? null : "The compiler under test has no partial properties.";
}
