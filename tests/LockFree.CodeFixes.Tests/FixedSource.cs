using System.Collections.Immutable;
using System.Reflection;
using LockFree.Generators;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.CodeFixes.Tests;

/// <summary>A project of a few sources in a workspace, an analyzer over it, and the fixes a provider offers for what the analyzer finds.</summary>
internal sealed class FixedSource
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        """;

    private readonly DiagnosticAnalyzer _analyzer;
    private readonly CodeFixProvider _provider;
    private readonly ImmutableArray<DocumentId> _documents;
    private readonly bool _maybeIncomplete;

    /// <param name="analyzer">Finds.</param>
    /// <param name="provider">Fixes.</param>
    /// <param name="options">The rest of the project's properties.</param>
    /// <param name="sources">Documents Source0.cs, Source1.cs, …</param>
    public FixedSource(DiagnosticAnalyzer analyzer, CodeFixProvider provider, ProjectShape options, params string[] sources)
    {
        _analyzer = analyzer;
        _provider = provider;
        _maybeIncomplete = options.WithGenerator;

        var workspace = new AdhocWorkspace();
        ProjectId id = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            "Fixed",
            "Fixed",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: options.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable),
            parseOptions: new CSharpParseOptions(options.Language),
            analyzerReferences: options.WithGenerator ? [Generator] : [],
            metadataReferences: options.WithRuntime ? SdkReferenceAssemblies.Net100.Add(Runtime) : SdkReferenceAssemblies.Net100));
        solution = solution.AddDocument(DocumentId.CreateNewId(id), "Usings.cs", SourceText.From(options.Language >= LanguageVersion.CSharp10 ? GlobalUsings : ""));
        if (options.EditorConfig is not null)
        {
            solution = solution.AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(id), ".editorconfig", SourceText.From(options.EditorConfig), filePath: "/src/.editorconfig");
        }

        var documents = ImmutableArray.CreateBuilder<DocumentId>();
        for (int i = 0; i < sources.Length; i++)
        {
            DocumentId document = DocumentId.CreateNewId(id);
            documents.Add(document);
            solution = solution.AddDocument(document, $"Source{i}.cs", SourceText.From(sources[i]), filePath: $"/src/Source{i}.cs");
        }

        _documents = documents.ToImmutable();
        Solution = solution;
    }

    public static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(LockFree.ShardedMap<,>).Assembly.Location);

    private static AnalyzerReference Generator { get; } = new AnalyzerFileReference(typeof(ClientAccessorsGenerator).Assembly.Location, new LoadedAssemblies());

    public Solution Solution { get; private set; }

    /// <summary>The sources as they are now.</summary>
    public async Task<string[]> TextsAsync()
    {
        var texts = new List<string>();
        foreach (DocumentId document in _documents)
            texts.Add((await Solution.GetDocument(document)!.GetTextAsync()).ToString());

        return [.. texts];
    }

    public async Task<CSharpCompilation> CompilationAsync() => (CSharpCompilation)(await Solution.Projects.Single().GetCompilationAsync())!;

    /// <summary>What the analyzer finds, and what the compiler finds that the provider fixes, in the order of the sources.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        CSharpCompilation compilation = await CompilationAsync();
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0 || _maybeIncomplete, string.Join("\n", errors.Select(error => error.ToString())) + "\n" + string.Join("\n----\n", await TextsAsync()));

        var options = new CompilationWithAnalyzersOptions(
            Solution.Projects.Single().AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([_analyzer], options).GetAnalyzerDiagnosticsAsync();
        return [.. found.Concat(errors.Where(error => _provider.FixableDiagnosticIds.Contains(error.Id))).OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>The fixes offered for a finding, in the order of the menu.</summary>
    public async Task<IReadOnlyList<CodeAction>> OffersAsync(Diagnostic diagnostic)
    {
        var offers = new List<CodeAction>();
        Document document = Solution.GetDocument(diagnostic.Location.SourceTree)!;
        await _provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offers.Add(action), CancellationToken.None));
        return offers;
    }

    public async Task ApplyAsync(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    /// <summary>Applies the fix with the given key to the first finding that offers it, again and again, until none does.</summary>
    /// <returns>How many were applied.</returns>
    public async Task<int> FixOneByOneAsync(string equivalenceKey)
    {
        for (int applied = 0; ; applied++)
        {
            CodeAction? next = null;
            foreach (Diagnostic diagnostic in await DiagnosticsAsync())
                next ??= (await OffersAsync(diagnostic)).FirstOrDefault(offer => offer.EquivalenceKey == equivalenceKey);

            if (next is null)
                return applied;

            Assert.True(applied < 20, "the fix does not come to an end");
            await ApplyAsync(next);
        }
    }

    /// <summary>Applies FixAll over the whole solution.</summary>
    public async Task FixAllAsync(string equivalenceKey)
    {
        ImmutableArray<Diagnostic> diagnostics = await DiagnosticsAsync();
        Document document = Solution.GetDocument(_documents[0])!;
        var context = new FixAllContext(
            document, _provider, FixAllScope.Solution, equivalenceKey, diagnostics.Select(diagnostic => diagnostic.Id).Distinct(),
            new KnownDiagnostics(diagnostics), CancellationToken.None);
        if (await _provider.GetFixAllProvider()!.GetFixAsync(context) is { } action)
            await ApplyAsync(action);
    }

    private sealed class LoadedAssemblies : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    private sealed class KnownDiagnostics(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}

/// <summary>What a project is like.</summary>
/// <param name="WithRuntime">LockFree.Runtime is referenced.</param>
/// <param name="Nullable">Nullable reference types are on.</param>
/// <param name="Language">The language version; global usings from C# 10 on.</param>
/// <param name="EditorConfig">The text of its .editorconfig.</param>
/// <param name="WithGenerator">The generator of client accessors runs; until what it has to complete is right, the sources do not compile.</param>
internal sealed record ProjectShape(
    bool WithRuntime = true, bool Nullable = true, LanguageVersion Language = LanguageVersion.Latest, string? EditorConfig = null,
    bool WithGenerator = false);
