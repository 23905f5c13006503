using System.Text.Json;

namespace LockFree.Cli.Loading.Loose;

/// <summary>Reads <c>obj/project.assets.json</c>, the result of an earlier restore: the exact package assemblies a project compiles against.</summary>
internal static class RestoredPackages
{
    /// <summary>Full paths of the assemblies, or null where the project was not restored or the file is of no use.</summary>
    public static IReadOnlyList<string>? CompileAssemblies(string projectFolder, TargetFramework target)
    {
        string path = Path.Combine(projectFolder, "obj", "project.assets.json");
        if (!File.Exists(path))
            return null;

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument assets = JsonDocument.Parse(stream);
            return Read(assets.RootElement, target);
        }
        catch (Exception unusable) when (unusable is JsonException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // as good as not restored: the package cache is asked instead
        }
    }

    private static List<string> Read(JsonElement assets, TargetFramework target)
    {
        string[] folders = [.. assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        JsonElement libraries = assets.GetProperty("libraries");
        JsonProperty? framework = assets.GetProperty("targets").EnumerateObject()
            .Where(candidate => TargetFramework.Parse(candidate.Name) is { } parsed && parsed.Family == target.Family && parsed.Version == target.Version)
            .Select(candidate => (JsonProperty?)candidate)
            .FirstOrDefault();

        List<string> assemblies = [];
        if (framework is null)
            return assemblies;

        foreach (JsonProperty library in framework.Value.Value.EnumerateObject())
        {
            if (!library.Value.TryGetProperty("type", out JsonElement type) || type.GetString() != "package"
                || !library.Value.TryGetProperty("compile", out JsonElement compile))
                continue;

            string libraryPath = libraries.GetProperty(library.Name).GetProperty("path").GetString()!;
            assemblies.AddRange(compile.EnumerateObject()
                .Where(file => file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                .Select(file => folders.Select(folder => Path.Combine(folder, libraryPath, file.Name)).FirstOrDefault(File.Exists))
                .OfType<string>());
        }

        return assemblies;
    }
}
