using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Loading;

/// <summary>One shared reference per assembly file: the compiler reads its metadata once for all projects of a run.</summary>
internal static class AssemblyReferences
{
    private static readonly ConcurrentDictionary<string, MetadataReference> ByPath = new(StringComparer.Ordinal);

    public static MetadataReference Of(string path) => ByPath.GetOrAdd(path, static file => MetadataReference.CreateFromFile(file));
}
