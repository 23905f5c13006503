using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Mutants;

/// <summary>A project as the compiler sees it, kept in memory so that a change of one source costs no more than compiling.</summary>
internal sealed class CompiledProject
{
    private readonly CSharpCompilation _compilation;

    private CompiledProject(CSharpCompilation compilation, string outputFile) => (_compilation, OutputFile) = (compilation, outputFile);

    /// <summary>The assembly that the build has made.</summary>
    public string OutputFile { get; }

    /// <summary>Asks the build for everything the compiler gets.</summary>
    /// <exception cref="InvalidDataException">The project has not been built.</exception>
    public static async Task<CompiledProject> LoadAsync(string project, string configuration)
    {
        string json = await ChildProcess.OutputOfAsync(
            "dotnet",
            "msbuild", project, $"-p:Configuration={configuration}", "-t:Compile",
            "-getItem:Compile", "-getItem:ReferencePathWithRefAssemblies", "-getProperty:DefineConstants", "-getProperty:TargetPath");
        using JsonDocument build = JsonDocument.Parse(json);
        JsonElement properties = build.RootElement.GetProperty("Properties");
        string outputFile = properties.GetProperty("TargetPath").GetString()!;
        if (!File.Exists(outputFile))
            throw new InvalidDataException($"{project} has not been built: LockFree.Mutants.csproj must refer to it.");

        var syntax = new CSharpParseOptions(
            LanguageVersion.CSharp14, preprocessorSymbols: properties.GetProperty("DefineConstants").GetString()!.Split(';'));
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(outputFile),
            PathsOf(build, "Compile").Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), syntax, path)),
            PathsOf(build, "ReferencePathWithRefAssemblies").Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        return new CompiledProject(compilation, outputFile);
    }

    /// <summary>Whether a source is one of the project's.</summary>
    public bool Has(string sourcePath) => _compilation.SyntaxTrees.Any(tree => tree.FilePath == sourcePath);

    /// <summary>Compiles the project with one source replaced.</summary>
    /// <returns>The path of the assembly, in a folder of its own.</returns>
    /// <exception cref="InvalidDataException">It does not compile.</exception>
    public string Emit(string sourcePath, string source, string folder)
    {
        string assembly = Path.Combine(Directory.CreateDirectory(folder).FullName, Path.GetFileName(OutputFile));
        RequireNoErrors(sourcePath, With(sourcePath, source).Compilation.Emit(assembly).Diagnostics);
        return assembly;
    }

    /// <summary>Looks for errors in one replaced source, which takes a tenth of the time of compiling the project.</summary>
    /// <exception cref="InvalidDataException">It has one.</exception>
    public void Check(string sourcePath, string source)
    {
        (CSharpCompilation compilation, SyntaxTree replaced) = With(sourcePath, source);
        RequireNoErrors(sourcePath, compilation.GetSemanticModel(replaced).GetDiagnostics());
    }

    private (CSharpCompilation Compilation, SyntaxTree Replaced) With(string sourcePath, string source)
    {
        SyntaxTree original = _compilation.SyntaxTrees.Single(tree => tree.FilePath == sourcePath);
        SyntaxTree replaced = CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)original.Options, sourcePath);
        return (_compilation.ReplaceSyntaxTree(original, replaced), replaced);
    }

    private static void RequireNoErrors(string sourcePath, IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new InvalidDataException($"{Path.GetFileName(sourcePath)} does not compile:\n{string.Join<Diagnostic>('\n', errors)}");
    }

    private static IEnumerable<string> PathsOf(JsonDocument build, string item) =>
        build.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray().Select(entry => entry.GetProperty("FullPath").GetString()!);
}
