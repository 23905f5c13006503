using System.Reflection;

namespace LockFree.CodeFixes.Tests;

/// <summary>The repository these tests were built in: a compiler that writes deterministic paths does not tell.</summary>
internal static class RepositoryFolder
{
    private static readonly string Root = typeof(RepositoryFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);
}
