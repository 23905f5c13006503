using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.MSBuild;

namespace LockFree.Cli.Loading.MSBuild;

/// <summary>
/// Reads restored projects and solutions exactly as they are built: MSBuild itself evaluates them, in a process of its own that
/// uses the installed SDK.
/// </summary>
internal sealed partial class MSBuildLoader
{
    private static readonly string[] CoreLibraries = ["mscorlib", "netstandard", "System.Runtime", "System.Private.CoreLib"];

    private static readonly string[] OwnAssemblies = ["LockFree.Analyzers", "LockFree.CodeFixes", "LockFree.Generators"];

    private readonly MSBuildWorkspace _workspace = MSBuildWorkspace.Create();
    private readonly SortedSet<(string? File, string Reason)> _failures = new(Comparer<(string? File, string Reason)>.Create(
        (one, other) => string.CompareOrdinal(one.File, other.File) is not 0 and var order ? order : string.CompareOrdinal(one.Reason, other.Reason)));

    private readonly string _path;

    private MSBuildLoader(string path)
    {
        _path = path;
        _workspace.RegisterWorkspaceFailedHandler(failed => Note(failed.Diagnostic));
    }

    /// <summary>Reads a project or a solution, and whatever it refers to.</summary>
    /// <exception cref="InputException">The file is none that MSBuild can read, or a project was not restored.</exception>
    public static async Task<LoadedInput> LoadAsync(string path, IProgress<string> progress, CancellationToken cancellationToken)
    {
        MSBuildLoader loader = new(path);
        await loader.OpenAsync(new LoadProgress(progress), cancellationToken);
        return loader.Describe();
    }

    private bool IsProject => _path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase);

    private async Task OpenAsync(IProgress<ProjectLoadProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (IsProject)
                await _workspace.OpenProjectAsync(_path, progress, cancellationToken);
            else
                await _workspace.OpenSolutionAsync(_path, progress, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is not OperationCanceledException)
        {
            throw new InputException($"{_path}: cannot be opened ({OneLine(unreadable.Message)}); correct it, or use --loose.");
        }
    }

    private LoadedInput Describe()
    {
        Project[] projects = [.. _workspace.CurrentSolution.Projects.Where(project => project.Language == LanguageNames.CSharp && project.HasDocuments)];
        string[] unrestored = [.. projects
            .Where(project => !RestoreState.IsRestored(project.FilePath!, project.CompilationOutputInfo.AssemblyPath))
            .Select(project => $"{project.FilePath}: is not restored; run 'dotnet restore', or use --loose.")
            .Distinct(StringComparer.Ordinal)];
        if (unrestored.Length > 0)
            throw new InputException(unrestored);

        ProjectSource[] sources = [.. projects.Select(Describe)];
        ILookup<bool, (string? File, string Reason)> failures = _failures.ToLookup(failure => WasRead(failure.File, sources));
        return new LoadedInput(
            [.. sources],
            [.. failures[false].Select(failure => (failure.File is null ? failure.Reason : $"{failure.File}: MSBuild cannot read it: {failure.Reason}") + "; correct the project.")])
        {
            Remarks = [.. failures[true].Select(failure => $"{failure.File}: MSBuild says: {failure.Reason}.")],
        };
    }

    // MSBuild's warnings arrive as failures, and without their code. A project of which every target knows the core library was read.
    private static bool WasRead(string? file, ProjectSource[] sources)
    {
        ProjectSource[] targets = [.. sources.Where(source => source.ProjectFile == file)];
        return targets.Length > 0 && targets.All(target => target.References.Any(reference =>
            CoreLibraries.Contains(Path.GetFileNameWithoutExtension(reference.Display), StringComparer.OrdinalIgnoreCase)));
    }

    private ProjectSource Describe(Project project)
    {
        string? intermediate = Path.GetDirectoryName(project.CompilationOutputInfo.AssemblyPath);
        ILookup<bool, string> paths = project.Documents
            .Select(document => document.FilePath!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToLookup(path => intermediate is not null && path.StartsWith(intermediate + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        ILookup<bool, PortableExecutableReference> references = project.MetadataReferences.OfType<PortableExecutableReference>()
            .ToLookup(reference => File.Exists(reference.FilePath));

        return new ProjectSource
        {
            Id = IdOf(project),
            Name = project.Name,
            AssemblyName = project.AssemblyName,
            ProjectFile = project.FilePath,
            Sources = [.. paths[false]],
            ImpliedSources = [.. paths[true].Where(File.Exists).Select(path => (Path.GetFileName(path), File.ReadAllText(path)))],
            ParseOptions = (CSharpParseOptions)project.ParseOptions!,
            CompilationOptions = (CSharpCompilationOptions)project.CompilationOptions!,
            References = [.. references[true].Select(reference => AssemblyReferences.Of(reference.FilePath!).WithProperties(reference.Properties))],
            MissingReferences = [.. references[false].Select(reference => Path.GetFileNameWithoutExtension(reference.FilePath)).OfType<string>()],
            ProjectReferences = [.. project.ProjectReferences.Select(reference => project.Solution.GetProject(reference.ProjectId)).OfType<Project>().Select(IdOf)],
            AnalyzerConfigFiles = [.. project.AnalyzerConfigDocuments.Select(document => document.FilePath).OfType<string>()],
            AdditionalFiles = [.. project.AdditionalDocuments.Select(document => document.FilePath).OfType<string>()],
            // What a given project refers to is opened along with it.
            IsReferenceOnly = IsProject && project.FilePath != _path,
            // Our own generator runs anyway; that of a package the project refers to would declare the same members again.
            GeneratorReferences = [.. project.AnalyzerReferences.Where(reference => !OwnAssemblies.Contains(reference.Display, StringComparer.OrdinalIgnoreCase))],
        };
    }

    private static string IdOf(Project project) => $"{project.FilePath}|{project.Name}";

    private void Note(WorkspaceDiagnostic diagnostic)
    {
        // Projects in other languages are none of ours; warnings are about the build, not about what can be read.
        if (diagnostic.Kind != WorkspaceDiagnosticKind.Failure || !diagnostic.Message.Contains(".csproj", StringComparison.OrdinalIgnoreCase))
            return;
        string failure = OneLine(diagnostic.Message);
        Match named = FailureOfFile().Match(failure);
        lock (_failures)
            _failures.Add(named.Success ? (named.Groups["file"].Value, named.Groups["reason"].Value) : (null, failure));
    }

    [GeneratedRegex("^Msbuild failed when processing the file '(?<file>.+?)' with message: (?<reason>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex FailureOfFile();

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    private sealed class LoadProgress(IProgress<string> progress) : IProgress<ProjectLoadProgress>
    {
        public void Report(ProjectLoadProgress value) => progress.Report("loading " + Path.GetFileNameWithoutExtension(value.FilePath));
    }
}
