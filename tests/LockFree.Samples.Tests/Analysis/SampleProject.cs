using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LockFree.Analyzers.Downcasts;
using LockFree.Generators;
using LockFree.Hosting;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Samples.Tests.Analysis;

/// <summary>The sources of a sample, compiled as its project compiles them, for the analyzers to look at.</summary>
public sealed partial class SampleProject
{
    /// <summary>What the web SDK imports everywhere.</summary>
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Net.Http.Json", "System.Threading",
        "System.Threading.Tasks", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private readonly Compilation _compilation;

    private SampleProject(Compilation compilation) => _compilation = compilation;

    /// <summary>Compiles the sources of these folders of samples.</summary>
    public static SampleProject Open(params string[] folders)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        var usings = string.Concat(ImplicitUsings.Select(name => $"global using {name};\n"));
        var trees = folders
            .SelectMany(folder => Directory.EnumerateFiles(SamplesFolder.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Path: path, Name: SamplesFolder.RelativePathOf(path)))
            .Where(file => !file.Name.Contains("/bin/") && !file.Name.Contains("/obj/"))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), options, file.Name))
            .Append(CSharpSyntaxTree.ParseText(usings, options, "ImplicitUsings.cs"));

        var compilation = CSharpCompilation.Create(
            "Sample",
            trees,
            [
                .. SdkReferenceAssemblies.Net100,
                .. SdkReferenceAssemblies.AspNetCore100,
                MetadataReference.CreateFromFile(typeof(ClientHub).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(ILifecycleWorker).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new ClientAccessorsGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        return new SampleProject(complete);
    }

    /// <summary>The lines that a comment marks as a site of an item.</summary>
    public IEnumerable<Site> MarkedSites() =>
        from tree in _compilation.SyntaxTrees
        from line in tree.GetText().Lines
        let mark = Mark().Match(line.ToString())
        where mark.Success
        select new Site(int.Parse(mark.Groups["item"].ValueSpan), tree.FilePath, line.LineNumber + 1);

    /// <summary>What the compiler has against the sources.</summary>
    public IEnumerable<Diagnostic> CompilerErrors() =>
        _compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Every finding of the rules and of the generator's companion, whatever its severity.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindingsAsync()
    {
        var analyzers = new[] { typeof(RepeatedDowncastAnalyzer).Assembly, typeof(ClientAccessorsGenerator).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();
        return await _compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync();
    }

    /// <summary>The lines a finding points at: a finding about several places is one for each.</summary>
    public static IEnumerable<Site> SitesOf(Diagnostic finding) =>
        from location in finding.AdditionalLocations.Prepend(finding.Location)
        let position = location.GetLineSpan()
        select new Site(finding.Id["LF".Length] - '0', position.Path, position.StartLinePosition.Line + 1);

    [GeneratedRegex(@"// checklist item (?<item>[1-6])$")]
    private static partial Regex Mark();
}
