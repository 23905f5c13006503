using System.Xml;
using System.Xml.Linq;

namespace LockFree.Cli.Loading.Loose;

/// <summary>The packages that earlier restores left on this machine.</summary>
internal sealed class PackageCache(string root)
{
    /// <summary>Where NuGet keeps packages for this user.</summary>
    public static string DefaultRoot() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public string FolderOf(string package) => Path.Combine(root, package.ToLowerInvariant());

    /// <summary>A folder inside the newest version of a package that has it, or null.</summary>
    public string? Newest(string package, string folder) => Versions(package)
        .Select(version => Path.Combine(version.Path, folder))
        .LastOrDefault(Directory.Exists);

    /// <summary>
    /// The assemblies a project for <paramref name="target"/> would compile against, for one package and those it depends on: the version
    /// asked for where it is here, otherwise the nearest newer one. Empty if the package is not here.
    /// </summary>
    public IReadOnlyList<string> CompileAssemblies(string package, string version, TargetFramework target)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        Queue<(string Package, string Version)> pending = new([(package, version)]);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase) { package };
        while (pending.TryDequeue(out (string Package, string Version) next))
        {
            if (FolderOf(next.Package, next.Version) is not { } folder)
                continue;
            foreach (string assembly in Assemblies(folder, target))
                found.TryAdd(Path.GetFileName(assembly), assembly);
            foreach ((string Package, string Version) dependency in Dependencies(folder, next.Package, target))
            {
                if (seen.Add(dependency.Package))
                    pending.Enqueue(dependency);
            }
        }

        return [.. found.Values];
    }

    private string? FolderOf(string package, string version)
    {
        string exact = Path.Combine(FolderOf(package), version.Trim('[', ']', '(', ')', ' ').ToLowerInvariant());
        if (version.Length > 0 && Directory.Exists(exact))
            return exact;

        Version? wanted = ParseVersion(version);
        (Version Number, string Path)[] versions = [.. Versions(package)];
        return versions.FirstOrDefault(candidate => wanted is null || candidate.Number >= wanted).Path ?? versions.LastOrDefault().Path;
    }

    private IEnumerable<(Version Number, string Path)> Versions(string package)
    {
        string folder = FolderOf(package);
        return Directory.Exists(folder)
            ? Directory.GetDirectories(folder)
                .Select(path => (Number: ParseVersion(Path.GetFileName(path)) ?? new Version(0, 0), Path: path))
                .OrderBy(version => version.Number)
            : [];
    }

    private static Version? ParseVersion(string text)
    {
        string numbers = new([.. text.Trim('[', '(', ' ').TakeWhile(character => char.IsAsciiDigit(character) || character == '.')]);
        return Version.TryParse(numbers.Contains('.', StringComparison.Ordinal) ? numbers : numbers + ".0", out Version? version) ? version : null;
    }

    private static string[] Assemblies(string packageFolder, TargetFramework target)
    {
        // A package with reference assemblies wants them compiled against; its lib folder is for running.
        foreach (string kind in (ReadOnlySpan<string>)["ref", "lib"])
        {
            string folder = Path.Combine(packageFolder, kind);
            if (Directory.Exists(folder) && Nearest(Directory.GetDirectories(folder), Path.GetFileName, target) is { } nearest)
                return Directory.GetFiles(nearest, "*.dll");
        }

        return [];
    }

    private static IEnumerable<(string Package, string Version)> Dependencies(string packageFolder, string package, TargetFramework target)
    {
        string nuspec = Path.Combine(packageFolder, package.ToLowerInvariant() + ".nuspec");
        if (!File.Exists(nuspec) || ReadXml(nuspec) is not { } root)
            return [];

        XElement[] groups = [.. root.Descendants().Where(element => element.Name.LocalName == "group" && element.Parent?.Name.LocalName == "dependencies")];
        IEnumerable<XElement> dependencies = groups.Length == 0
            ? root.Descendants().Where(element => element.Name.LocalName == "dependency")
            : Nearest(groups, group => group.Attribute("targetFramework")?.Value, target)?.Elements() ?? [];
        return dependencies.Select(element => (element.Attribute("id")?.Value ?? "", element.Attribute("version")?.Value.Split(',')[0] ?? ""));
    }

    private static XElement? ReadXml(string path)
    {
        try
        {
            return XDocument.Load(path).Root;
        }
        catch (Exception broken) when (broken is XmlException or IOException or UnauthorizedAccessException)
        {
            return null; // a damaged package binds nothing, and what does not bind is counted
        }
    }

    private static T? Nearest<T>(IEnumerable<T> candidates, Func<T, string?> moniker, TargetFramework target)
        where T : class => candidates
            .Select(candidate => (candidate, framework: TargetFramework.ParsePackageName(moniker(candidate) ?? "")))
            .Where(pair => pair.framework is { } framework && target.CanReference(framework))
            .OrderByDescending(pair => pair.framework!.Family == target.Family)
            .ThenByDescending(pair => pair.framework!.Version)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
}
