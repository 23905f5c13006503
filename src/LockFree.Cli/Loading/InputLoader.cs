using LockFree.Cli.Loading.Loose;
using LockFree.Cli.Loading.MSBuild;

namespace LockFree.Cli.Loading;

/// <summary>Decides how each given path is read.</summary>
internal static class InputLoader
{
    /// <summary>Loads everything the paths name.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="loose">Read project and solution files without MSBuild, as folders always are.</param>
    /// <param name="progress">Is told what is being loaded.</param>
    /// <param name="cancellationToken">Stops loading.</param>
    /// <exception cref="InputException">A path leads nowhere, or to something that cannot be checked.</exception>
    public static async Task<LoadedInput> LoadAsync(
        IReadOnlyList<string> paths, bool loose, IProgress<string> progress, CancellationToken cancellationToken)
    {
        LooseLoader looseLoader = new();
        List<LoadedInput> inputs = [];
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isProject = HasExtension(path, ".csproj");
            bool isSolution = HasExtension(path, ".sln", ".slnx", ".slnf");
            if (Directory.Exists(path))
                looseLoader.AddFolder(Path.TrimEndingDirectorySeparator(path));
            else if (!File.Exists(path))
                throw new InputException($"{path}: no such file or folder; give a .sln, .slnx or .csproj file, or a folder of C# sources.");
            else if (!isProject && !isSolution)
                throw new InputException($"{path}: neither a C# project nor a solution; give a .sln, .slnx or .csproj file, or a folder of C# sources.");
            else if (!loose)
                inputs.Add(await MSBuildLoader.LoadAsync(path, progress, cancellationToken));
            else if (isProject)
                looseLoader.AddProject(path);
            else
                looseLoader.AddProjects(path, await SolutionFile.ProjectsAsync(path, cancellationToken));
        }

        inputs.Add(looseLoader.Load());
        return Combine(paths, inputs);
    }

    private static LoadedInput Combine(IReadOnlyList<string> paths, List<LoadedInput> inputs)
    {
        // A project given as such and referred to by another is there twice.
        IEnumerable<ProjectSource> projects = inputs.SelectMany(input => input.Projects)
            .GroupBy(project => project.Id, StringComparer.Ordinal)
            .Select(same => same.OrderBy(project => project.IsReferenceOnly).First());
        LoadedInput all = new(ReferenceOrder.Sort(projects), [.. inputs.SelectMany(input => input.Problems).Distinct(StringComparer.Ordinal)])
        {
            Remarks = [.. inputs.SelectMany(input => input.Remarks).Distinct(StringComparer.Ordinal)],
        };
        if (all.Projects.Any(project => !project.IsReferenceOnly))
            return all;
        throw new InputException(all.Problems.IsEmpty ? [$"{string.Join(", ", paths)}: no C# project there; give one, or a folder of C# sources."] : all.Problems);
    }

    private static bool HasExtension(string path, params ReadOnlySpan<string> extensions)
    {
        foreach (string extension in extensions)
        {
            if (path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
