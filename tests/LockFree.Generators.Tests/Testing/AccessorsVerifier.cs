using LockFree.Generators.Diagnostics;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LockFree.Generators.Tests.Testing;

/// <summary>Runs the analyzer over sources in which the expected diagnostics are marked: <c>{|LF9001:code|}</c>.</summary>
internal static class AccessorsVerifier
{
    private const string Usings = """
        using System.Threading;
        using System.Threading.Tasks;
        using LockFree;

        """;

    public static Task VerifyAsync(string source) => VerifyAsync(LanguageVersion.Latest, source);

    public static Task VerifyAsync(LanguageVersion version, params string[] sources) =>
        CreateTest(version, sources).RunAsync(CancellationToken.None);

    /// <summary>The same for a program, which nobody but itself gives its clients.</summary>
    public static Task VerifyProgramAsync(string source)
    {
        Test test = CreateTest(LanguageVersion.Latest, source);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync(CancellationToken.None);
    }

    /// <summary>The message of the only diagnostic that the source gives.</summary>
    public static async Task<string> MessageAsync(string source)
    {
        Diagnostic diagnostic = Assert.Single(await GeneratorHost.AnalyzeAsync(GeneratorHost.Compile(Usings + source)));
        return diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Test CreateTest(LanguageVersion version, params string[] sources)
    {
        var test = new Test(version) { ReferenceAssemblies = SdkReferenceAssemblies.Empty };
        test.TestState.AdditionalReferences.AddRange(GeneratorHost.References);
        foreach (string source in sources)
            test.TestState.Sources.Add(Usings + source);
        return test;
    }

    private sealed class Test : CSharpAnalyzerTest<ClientAccessorsAnalyzer, DefaultVerifier>
    {
        private readonly LanguageVersion _version;

        public Test(LanguageVersion version)
        {
            _version = version;

            // Without the generator, which these tests leave out, every partial member lacks its other half.
            CompilerDiagnostics = CompilerDiagnostics.None;
        }

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(_version);
    }
}
