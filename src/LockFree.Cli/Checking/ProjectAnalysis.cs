using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Cli.Checking;

/// <summary>Runs the rules over one compilation, the compiler's own checks in the same pass.</summary>
internal sealed class ProjectAnalysis(RuleCatalogue catalogue, ConcurrentBag<ToolFailure> failures)
{
    private const string CompilerTag = "Compiler";

    // "Feature not available in C# N": a loose check may have taken the wrong N, and the syntax is understood all the same.
    private static readonly HashSet<string> LanguageVersionIds = new(StringComparer.Ordinal)
    {
        "CS8022", "CS8023", "CS8024", "CS8025", "CS8026", "CS8059", "CS8107", "CS8302", "CS8320", "CS8370", "CS8400", "CS8652", "CS8703", "CS8773", "CS8936",
        "CS9058", "CS9202", "CS9260",
    };

    /// <summary>Analyses <paramref name="project"/>. An analyzer that throws is recorded as a failure and the others go on.</summary>
    public async Task<ProjectFindings> RunAsync(ProjectSource source, Project project, CancellationToken cancellationToken)
    {
        ImmutableHashSet<SyntaxTree> sources = [.. await SourceTreesAsync(source, project, cancellationToken)];
        Compilation compilation = (await project.GetCompilationAsync(cancellationToken))!;
        CompilationWithAnalyzers analysis = new(compilation, catalogue.Analyzers, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions,
            onAnalyzerException: (failure, analyzer, report) => failures.Add(ToolFailure.Of(analyzer.GetType().Name, report.Location, failure)),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));

        ImmutableArray<Diagnostic> all = catalogue.Analyzers.IsEmpty
            ? compilation.GetDiagnostics(cancellationToken)
            : await analysis.GetAllDiagnosticsAsync(cancellationToken);

        ImmutableArray<Diagnostic> parseErrors = [.. sources
            .SelectMany(tree => tree.GetDiagnostics(cancellationToken))
            .Where(IsCompilerError)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
        ImmutableHashSet<SyntaxTree> unparsed = [.. parseErrors.Select(diagnostic => diagnostic.Location.SourceTree!)];

        ILookup<bool, Diagnostic> byCompiler = all
            .Where(diagnostic => !diagnostic.IsSuppressed && IsInSources(diagnostic))
            .ToLookup(diagnostic => diagnostic.Descriptor.CustomTags.Contains(CompilerTag));
        ImmutableArray<Diagnostic> reports = [.. byCompiler[false]
            .Where(report => report.Severity != DiagnosticSeverity.Hidden && catalogue.Find(report.Id) is not null)
            .OrderBy(report => report.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(report => report.Location.SourceSpan.Start)
            .ThenBy(report => report.Id, StringComparer.Ordinal)];
        return new ProjectFindings(
            reports,
            [.. ExplainedErrors.Unexplained(byCompiler[true].Where(IsCompilerError), reports, compilation, cancellationToken)],
            [.. byCompiler[true].Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)],
            parseErrors);

        // A warning the project treats as an error is understood all the same.
        static bool IsCompilerError(Diagnostic diagnostic) =>
            diagnostic.DefaultSeverity == DiagnosticSeverity.Error && !LanguageVersionIds.Contains(diagnostic.Id);

        bool IsInSources(Diagnostic diagnostic) => diagnostic.Location.SourceTree is not { } tree || (sources.Contains(tree) && !unparsed.Contains(tree));
    }

    // The sources that lie in files of their own and were asked for: nobody can fix what a generator or the SDK wrote.
    // Asking for all trees at once parses them in parallel.
    private static Task<SyntaxTree[]> SourceTreesAsync(ProjectSource source, Project project, CancellationToken cancellationToken)
    {
        HashSet<string> paths = new(source.Sources.Where(source.IsReported), StringComparer.Ordinal);
        return Task.WhenAll(project.Documents
            .Where(document => paths.Contains(document.FilePath!))
            .Select(document => Task.Run(async () => (await document.GetSyntaxTreeAsync(cancellationToken))!, cancellationToken)));
    }
}
