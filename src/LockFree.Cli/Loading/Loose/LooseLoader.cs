using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Loading.Loose;

/// <summary>Reads folders and project files without restore or build: one compilation for each project folder.</summary>
internal sealed class LooseLoader
{
    private readonly LooseProject _reader;
    private readonly ReferencePacks _packs;
    private readonly Dictionary<string, ProjectSource> _projects = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public LooseLoader()
    {
        PackageCache packages = new(PackageCache.DefaultRoot());
        _packs = new ReferencePacks(ReferencePacks.InstalledPacks(), packages);
        _reader = new LooseProject(_packs, packages);
    }

    /// <summary>Adds a folder: the projects in it, and the sources in it that belong to none.</summary>
    /// <exception cref="InputException">The folder holds no C# source.</exception>
    public void AddFolder(string folder)
    {
        IReadOnlyList<string> sources = [.. SourceFolders.FilesUnder(folder, "*.cs")];
        if (sources.Count == 0)
            throw new InputException($"{folder}: no C# source in this folder; give one that holds .cs files, or a .csproj, .sln or .slnx file.");

        bool IsInside(string path) => SourceFolders.Contains(folder, path);
        foreach (string project in SourceFolders.FilesUnder(folder, "*.csproj"))
            AddProject(project, IsInside);
        foreach (string project in ProjectsAround(folder))
            AddProject(project, IsInside);

        HashSet<string> owned = new(_projects.Values.SelectMany(project => project.Sources), StringComparer.Ordinal);
        HashSet<string> projectFolders = [.. _projects.Values.Select(project => Path.GetDirectoryName(project.ProjectFile!)!)];
        ImmutableArray<string> orphans = [.. sources.Where(source => !owned.Contains(source)
            && !SourceFolders.FolderAndAbove(Path.GetDirectoryName(source)!).Any(projectFolders.Contains))];
        if (orphans.Length > 0)
            AddOrphans(folder, orphans);
    }

    /// <summary>Adds one project; its findings are reported where <paramref name="isReported"/> allows.</summary>
    public void AddProject(string path, Func<string, bool>? isReported = null)
    {
        if (Read(path) is { } project)
            _projects[path] = project with { IsReported = isReported ?? project.IsReported, IsReferenceOnly = false };
    }

    /// <summary>Adds the projects of a solution.</summary>
    public void AddProjects(string solution, IReadOnlyList<string> projects)
    {
        foreach (string project in projects)
        {
            if (File.Exists(project))
                AddProject(project);
            else
                _problems.Add($"{project}: no such project, though {solution} lists it; correct the solution.");
        }
    }

    /// <summary>Everything added, and what it refers to, in the order of reference.</summary>
    public LoadedInput Load()
    {
        Queue<ProjectSource> pending = new(_projects.Values);
        while (pending.TryDequeue(out ProjectSource? project))
        {
            foreach (string reference in project.ProjectReferences)
            {
                if (_projects.ContainsKey(reference) || !File.Exists(reference) || !reference.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                    continue;
                if (Read(reference) is { } referenced)
                {
                    _projects.Add(reference, referenced with { IsReferenceOnly = true });
                    pending.Enqueue(referenced);
                }
            }
        }

        return new LoadedInput([.. WithTransitiveReferences(ReferenceOrder.Sort(_projects.Values))], [.. _problems]);
    }

    // As in a restored build, a project sees what the projects it refers to refer to, and their packages.
    private static IEnumerable<ProjectSource> WithTransitiveReferences(ImmutableArray<ProjectSource> inOrder)
    {
        Dictionary<string, ProjectSource> done = new(StringComparer.Ordinal);
        foreach (ProjectSource project in inOrder)
        {
            ProjectSource[] direct = [.. project.ProjectReferences.Select(id => done.GetValueOrDefault(id)).OfType<ProjectSource>()];
            HashSet<string> known = new(project.References.Select(FileName), StringComparer.OrdinalIgnoreCase);
            MetadataReference[] inherited = [.. direct.SelectMany(reference => reference.FlowingReferences).Where(reference => known.Add(FileName(reference)))];
            ProjectSource complete = project with
            {
                References = [.. project.References, .. inherited],
                FlowingReferences = [.. project.FlowingReferences, .. inherited],
                ProjectReferences = [.. project.ProjectReferences.Concat(direct.SelectMany(reference => reference.ProjectReferences)).Distinct(StringComparer.Ordinal)],
            };
            done.Add(project.Id, complete);
            yield return complete;
        }

        static string FileName(MetadataReference reference) => Path.GetFileName(reference.Display)!;
    }

    private ProjectSource? Read(string path)
    {
        try
        {
            return _reader.Read(path);
        }
        catch (InputException unreadable)
        {
            _problems.AddRange(unreadable.Problems);
            return null;
        }
    }

    // A folder inside a project is compiled with the whole project, or nothing in it would bind.
    private static IEnumerable<string> ProjectsAround(string folder)
    {
        if (Directory.EnumerateFiles(folder, "*.csproj").Any())
            return [];

        foreach (string above in SourceFolders.FolderAndAbove(folder).Skip(1))
        {
            string[] projects = Directory.GetFiles(above, "*.csproj");
            if (projects.Length > 0)
                return projects;
            if (Directory.Exists(Path.Combine(above, ".git")) || Directory.EnumerateFiles(above, "*.sln").Any() || Directory.EnumerateFiles(above, "*.slnx").Any())
                break;
        }

        return [];
    }

    private void AddOrphans(string folder, ImmutableArray<string> sources) => _projects[folder] = new ProjectSource
    {
        Id = folder,
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) is { Length: > 0 } name ? name : folder,
        AssemblyName = "Sources",
        Sources = sources,
        ImpliedSources = [("GlobalUsings.g.cs", ImplicitUsings.OfNewProject)],
        ParseOptions = LooseCompilerOptions.ParseOptionsOfNewProject,
        CompilationOptions = LooseCompilerOptions.OfNewProject,
        References = [.. _packs.For(TargetFramework.Current, web: true)],
        AnalyzerConfigFiles = AnalyzerConfigFiles.For(folder, sources),
        IsLoose = true,
    };
}
