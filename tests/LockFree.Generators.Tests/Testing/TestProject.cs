using System.Reflection;

namespace LockFree.Generators.Tests.Testing;

/// <summary>Where this project lies, for tests that read files beside its sources.</summary>
internal static class TestProject
{
    public static readonly string Directory = typeof(TestProject).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "ProjectDirectory").Value!;
}
