using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LockFree.Mutants;

/// <summary>A project as the compiler sees it, kept in memory so that a change of one source costs no more than compiling.</summary>
internal sealed class CompiledProject
{
    private readonly CSharpCompilation _compilation;

    private CompiledProject(CSharpCompilation compilation, string outputFile) => (_compilation, OutputFile) = (compilation, outputFile);

    /// <summary>The assembly that the build has made.</summary>
    public string OutputFile { get; }

    /// <summary>Asks the build for everything the compiler gets.</summary>
    public static async Task<CompiledProject> LoadAsync(string project, string configuration)
    {
        string json = await ChildProcess.OutputOfAsync(
            "dotnet",
            "msbuild", project, $"-p:Configuration={configuration}", "-t:Compile",
            "-getItem:Compile", "-getItem:ReferencePathWithRefAssemblies", "-getProperty:DefineConstants", "-getProperty:TargetPath");
        using JsonDocument build = JsonDocument.Parse(json);
        JsonElement properties = build.RootElement.GetProperty("Properties");
        string outputFile = properties.GetProperty("TargetPath").GetString()!;

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

    /// <summary>Compiles the project with one source replaced.</summary>
    /// <exception cref="InvalidDataException">It does not compile.</exception>
    public void Emit(string sourcePath, string source, string assemblyPath)
    {
        SyntaxTree original = _compilation.SyntaxTrees.Single(tree => tree.FilePath == sourcePath);
        EmitResult result = _compilation
            .ReplaceSyntaxTree(original, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)original.Options, sourcePath))
            .Emit(assemblyPath);
        if (!result.Success)
        {
            IEnumerable<Diagnostic> errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidDataException($"{Path.GetFileName(sourcePath)} does not compile:\n{string.Join('\n', errors)}");
        }
    }

    private static IEnumerable<string> PathsOf(JsonDocument build, string item) =>
        build.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray().Select(entry => entry.GetProperty("FullPath").GetString()!);
}
