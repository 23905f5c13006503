using System.Reflection;

namespace LockFree.Samples.Tests;

/// <summary>Where the sources of the samples are.</summary>
internal static class SamplesFolder
{
    private static readonly string Root = typeof(SamplesFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SamplesRoot").Value!;

    /// <summary>A file or folder by its path from the samples folder.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>The path from the samples folder, with forward slashes.</summary>
    public static string RelativePathOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
