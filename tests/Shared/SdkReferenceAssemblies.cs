using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace LockFree.Testing;

/// <summary>
/// The reference assemblies of the installed SDK's own net10.0 targeting packs, read once from disk: tests need no network,
/// and one shared array keeps the compiler from reading the same metadata for every test.
/// </summary>
internal static class SdkReferenceAssemblies
{
    /// <summary>The framework name that <c>Microsoft.CodeAnalysis.Testing</c> wants; the references themselves come from <see cref="Net100"/>.</summary>
    public static readonly ReferenceAssemblies Empty = new("net10.0");

    /// <summary>Everything a plain net10.0 project sees.</summary>
    public static readonly ImmutableArray<MetadataReference> Net100 = Load("Microsoft.NETCore.App.Ref");

    /// <summary>What a net10.0 web project sees beyond <see cref="Net100"/>.</summary>
    public static readonly ImmutableArray<MetadataReference> AspNetCore100 = Load("Microsoft.AspNetCore.App.Ref");

    private static ImmutableArray<MetadataReference> Load(string pack)
    {
        string packRoot = typeof(SdkReferenceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "TargetingPackRoot").Value!;
        string? folder = Directory.GetDirectories(Path.Combine(packRoot, pack), "10.*")
            .OrderBy(path => Version.TryParse(Path.GetFileName(path), out Version? version) ? version : new Version())
            .LastOrDefault();
        if (folder is null)
            throw new DirectoryNotFoundException($"No net10.0 targeting pack '{pack}' under '{packRoot}': install a .NET 10 SDK.");

        return Directory.GetFiles(Path.Combine(folder, "ref", "net10.0"), "*.dll")
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();
    }
}
