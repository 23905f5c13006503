using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LockFree.Schedules;

/// <summary>Compiles the runtime from its sources, with a fault in them.</summary>
internal static class RuntimeCompiler
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.CSharp14);

    private static readonly Lazy<CSharpCompilation> FaultlessRuntime = new(Parse);

    // The lifecycles use the cells, and nothing uses the lifecycles. The map, the larger part of what is compiled and rewritten, can be left out.
    private static readonly Lazy<CSharpCompilation> FaultlessLifecycles = new(() => FaultlessRuntime.Value.RemoveSyntaxTrees(
        FaultlessRuntime.Value.SyntaxTrees.Where(tree => IsIn("Collections", tree.FilePath) || IsIn("Clients", tree.FilePath))));

    public static void Compile(SeededBug bug, string assemblyPath)
    {
        string path = Path.GetFullPath(bug.File, BuildFacts.RuntimeSources);
        CSharpCompilation faultless = IsIn("Lifecycle", path) ? FaultlessLifecycles.Value : FaultlessRuntime.Value;
        SyntaxTree original = faultless.SyntaxTrees.Single(tree => tree.FilePath == path);
        EmitResult result = faultless
            .ReplaceSyntaxTree(original, CSharpSyntaxTree.ParseText(bug.ApplyTo(original.ToString()), Syntax, path))
            .Emit(assemblyPath);
        if (!result.Success)
        {
            IEnumerable<Diagnostic> errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"{bug.File} does not compile:\n{string.Join('\n', errors)}");
        }
    }

    private static CSharpCompilation Parse()
    {
        IEnumerable<SyntaxTree> sources = Directory
            .EnumerateFiles(BuildFacts.RuntimeSources, "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsIn("obj", path) && !IsIn("bin", path))
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Syntax, path));
        IEnumerable<MetadataReference> framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "LockFree.Runtime",
            sources.Append(CSharpSyntaxTree.ParseText(ImplicitUsings, Syntax)),
            framework,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static bool IsIn(string folder, string path) =>
        path.StartsWith(Path.Combine(BuildFacts.RuntimeSources, folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
