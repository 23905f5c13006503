using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Loading.Loose;

/// <summary>The reference assemblies of target frameworks: those of the installed SDK, and those in the package cache.</summary>
internal sealed class ReferencePacks
{
    private readonly string _sdkPacks;
    private readonly PackageCache _cache;
    private readonly Dictionary<string, IReadOnlyList<MetadataReference>> _byFolder = new(StringComparer.Ordinal);

    public ReferencePacks(string sdkPacks, PackageCache cache)
    {
        _sdkPacks = sdkPacks;
        _cache = cache;
    }

    /// <summary>The packs of the .NET installation this process runs on.</summary>
    public static string InstalledPacks()
    {
        // …/shared/Microsoft.NETCore.App/10.0.1/ lies three folders below the installation's root.
        string running = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs"));
        string? configured = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        return Directory.Exists(running) || configured is null ? running : Path.Combine(configured, "packs");
    }

    /// <summary>
    /// What a project for <paramref name="target"/> sees of the framework. Where the exact reference assemblies are not on this machine, the
    /// nearest newer ones serve: sources bind against them almost as well.
    /// </summary>
    /// <exception cref="InputException">There are no reference assemblies at all.</exception>
    public IEnumerable<MetadataReference> For(TargetFramework target, bool web)
    {
        IEnumerable<MetadataReference> framework = target.Family switch
        {
            FrameworkFamily.NetStandard => NetStandard(target.Version) ?? Core(target.Version),
            FrameworkFamily.NetFramework => NetFramework(target) ?? InPlaceOfNetFramework(target.Version),
            _ => Core(target.Version),
        };
        return web ? framework.Concat(Pack("Microsoft.AspNetCore.App.Ref", target.Version) ?? []) : framework;
    }

    private IReadOnlyList<MetadataReference> Core(Version version) => Pack("Microsoft.NETCore.App.Ref", version)
        ?? throw new InputException($"{_sdkPacks}: no reference assemblies there; install a .NET SDK, or set DOTNET_ROOT to one.");

    private IReadOnlyList<MetadataReference>? NetStandard(Version version)
    {
        string? folder = version >= new Version(2, 1)
            ? _cache.Newest("NETStandard.Library.Ref", "ref/netstandard2.1")
            : _cache.Newest("NETStandard.Library", "build/netstandard2.0/ref");
        return folder is null ? null : Assemblies(folder);
    }

    private IReadOnlyList<MetadataReference>? NetFramework(TargetFramework target)
    {
        string moniker = "net" + target.Version.ToString().Replace(".", "", StringComparison.Ordinal);
        string? folder = _cache.Newest("Microsoft.NETFramework.ReferenceAssemblies." + moniker, "build/.NETFramework/v" + target.Version);
        if (folder is null)
            return null;
        string facades = Path.Combine(folder, "Facades");
        return Directory.Exists(facades) ? [.. Assemblies(folder), .. Assemblies(facades)] : Assemblies(folder);
    }

    /// <summary>Newer assemblies, without the one a rule may advise that .NET Framework did not have before 4.0.</summary>
    private IEnumerable<MetadataReference> InPlaceOfNetFramework(Version version) => Core(new Version(1, 0)).Where(reference =>
        version.Major >= 4 || Path.GetFileName(reference.Display) != "System.Collections.Concurrent.dll");

    private IReadOnlyList<MetadataReference>? Pack(string name, Version version)
    {
        string? folder = Best(Path.Combine(_sdkPacks, name)) ?? Best(_cache.FolderOf(name));
        return folder is null ? null : Assemblies(folder);

        string? Best(string packFolder)
        {
            if (!Directory.Exists(packFolder))
                return null;
            (Version Pack, string Path)[] candidates = [.. Directory.GetDirectories(packFolder)
                .Select(path => (Pack: Version.TryParse(Path.GetFileName(path), out Version? pack) ? pack : new Version(0, 0), Path: path))
                .OrderBy(candidate => candidate.Pack)
                .Select(candidate => (candidate.Pack, Path: Path.Combine(candidate.Path, "ref", $"net{candidate.Pack.Major}.{candidate.Pack.Minor}")))
                .Where(candidate => Directory.Exists(candidate.Path))];
            if (candidates.Length == 0)
                return null;
            Version wanted = new(version.Major, version.Minor);
            (Version Pack, string Path)[] newEnough = [.. candidates.Where(candidate => new Version(candidate.Pack.Major, candidate.Pack.Minor) >= wanted)];
            if (newEnough.Length == 0)
                return candidates[^1].Path;
            Version nearest = newEnough[0].Pack;
            return newEnough.Last(candidate => (candidate.Pack.Major, candidate.Pack.Minor) == (nearest.Major, nearest.Minor)).Path;
        }
    }

    private IReadOnlyList<MetadataReference> Assemblies(string folder)
    {
        if (!_byFolder.TryGetValue(folder, out IReadOnlyList<MetadataReference>? references))
        {
            references = [.. Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(AssemblyReferences.Of)];
            _byFolder.Add(folder, references);
        }

        return references;
    }
}
