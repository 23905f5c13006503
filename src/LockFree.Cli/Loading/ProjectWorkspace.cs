using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Loading;

/// <summary>
/// A few projects, opened: their sources read, ready to be compiled, analysed and changed. Everything else they refer to is
/// metadata, so disposing this lets go of all their syntax and symbols.
/// </summary>
internal sealed class ProjectWorkspace : IDisposable
{
    private static readonly KeyValuePair<string, string>[] WithoutNullableFlow = [new("run-nullable-analysis", "never")];

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly Dictionary<string, ProjectId> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceFile> _files = new(StringComparer.Ordinal);
    private readonly List<string> _unreadable = [];

    private ProjectWorkspace() => Solution = _workspace.CurrentSolution;

    /// <summary>The projects as they lie on disk.</summary>
    public Solution Solution { get; private set; }

    /// <summary>The sources read, by full path. One that belongs to several projects is here once.</summary>
    public IReadOnlyDictionary<string, SourceFile> Files => _files;

    /// <summary>Sources that could not be read, one line each.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <param name="projects">What to open.</param>
    /// <param name="images">The metadata of the projects these refer to.</param>
    /// <param name="generators">Run on every project beside its own generators.</param>
    /// <param name="load">Reads a source.</param>
    /// <param name="flowsNullability">
    /// Whether the compiler follows null values through the code. All it learns so is warnings, at a third of the cost of compiling.
    /// </param>
    public static ProjectWorkspace Open(
        IEnumerable<ProjectSource> projects, ProjectImages images, ImmutableArray<AnalyzerReference> generators, Func<string, SourceFile> load,
        bool flowsNullability = true)
    {
        ProjectWorkspace opened = new();
        foreach (ProjectSource project in projects)
            opened.Solution = opened.Solution.AddProject(opened.Describe(project, images, generators, load, flowsNullability));
        return opened;
    }

    public Project this[ProjectSource source] => Solution.GetProject(_ids[source.Id])!;

    public void Dispose() => _workspace.Dispose();

    private ProjectInfo Describe(
        ProjectSource source, ProjectImages images, ImmutableArray<AnalyzerReference> generators, Func<string, SourceFile> load,
        bool flowsNullability)
    {
        ProjectId id = ProjectId.CreateNewId(source.Name);
        _ids.Add(source.Id, id);

        List<DocumentInfo> documents = [];
        foreach (string path in source.Sources)
        {
            if (Read(path, load) is { } file)
                documents.Add(Document(id, path, file.Text));
        }

        string impliedFolder = Path.Combine(source.ProjectFile is null ? source.Id : Path.GetDirectoryName(source.ProjectFile)!, "obj");
        foreach ((string name, string text) in source.ImpliedSources)
            documents.Add(Document(id, Path.Combine(impliedFolder, name), SourceText.From(text)));

        return ProjectInfo.Create(
                id, VersionStamp.Default, source.Name, source.AssemblyName, LanguageNames.CSharp,
                filePath: source.ProjectFile,
                compilationOptions: source.CompilationOptions,
                parseOptions: flowsNullability ? source.ParseOptions : source.ParseOptions.WithFeatures(WithoutNullableFlow),
                documents: documents,
                metadataReferences: source.References.Concat(images.Of(source.ProjectReferences)),
                analyzerReferences: source.GeneratorReferences.Concat(generators),
                additionalDocuments: TextFiles(id, source.AdditionalFiles))
            .WithAnalyzerConfigDocuments(TextFiles(id, source.AnalyzerConfigFiles));
    }

    private SourceFile? Read(string path, Func<string, SourceFile> load)
    {
        if (_files.TryGetValue(path, out SourceFile? file))
            return file;

        try
        {
            return _files[path] = load(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add($"{path}: cannot be read ({unreadable.Message.TrimEnd('.')}); check its permissions.");
            return null;
        }
    }

    private static DocumentInfo Document(ProjectId project, string path, SourceText text) => DocumentInfo.Create(
        DocumentId.CreateNewId(project), Path.GetFileName(path), filePath: path, loader: Loader(path, text));

    private static IEnumerable<DocumentInfo> TextFiles(ProjectId project, IEnumerable<string> paths) =>
        paths.Where(File.Exists).Select(path => Document(project, path, SourceText.From(File.ReadAllText(path))));

    private static TextLoader Loader(string path, SourceText text) => TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default, path));
}
