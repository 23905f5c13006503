using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Cli.Loading.Loose;

/// <summary>The compiler options a project file asks for.</summary>
internal static class LooseCompilerOptions
{
    private static readonly CSharpCompilationOptions Lenient = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true);

    /// <summary>Options for sources that belong to no project: those of a new one.</summary>
    public static CSharpCompilationOptions OfNewProject { get; } = Lenient.WithNullableContextOptions(NullableContextOptions.Enable);

    public static CSharpParseOptions ParseOptionsOfNewProject { get; } = ParseOptions(LanguageVersion.Latest, TargetFramework.Current, []);

    public static CSharpParseOptions ParseOptions(ProjectFile project, TargetFramework target)
    {
        LanguageVersion version = LanguageVersionFacts.TryParse(project["LangVersion"], out LanguageVersion asked) && asked != LanguageVersion.Default
            ? asked
            : target.DefaultLanguageVersion;
        return ParseOptions(version, target, project.List("DefineConstants"));
    }

    public static CSharpCompilationOptions CompilationOptions(ProjectFile project)
    {
        bool isProgram = project["OutputType"] is var output && (output.Equals("Exe", StringComparison.OrdinalIgnoreCase)
            || output.Equals("WinExe", StringComparison.OrdinalIgnoreCase)
            || (output.Length == 0 && project.Sdk is { } sdk && (sdk.Contains(".Web", StringComparison.Ordinal) || sdk.Contains(".Worker", StringComparison.Ordinal))));

        ImmutableDictionary<string, ReportDiagnostic>.Builder severities = ImmutableDictionary.CreateBuilder<string, ReportDiagnostic>();
        foreach (string id in project.List("WarningsAsErrors"))
            severities[FullId(id)] = ReportDiagnostic.Error;
        foreach (string id in project.List("NoWarn"))
            severities[FullId(id)] = ReportDiagnostic.Suppress;

        return Lenient
            .WithOutputKind(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(Nullable(project["Nullable"]))
            .WithGeneralDiagnosticOption(project.IsTrue("TreatWarningsAsErrors") ? ReportDiagnostic.Error : ReportDiagnostic.Default)
            .WithSpecificDiagnosticOptions(severities);
    }

    private static CSharpParseOptions ParseOptions(LanguageVersion version, TargetFramework target, IEnumerable<string> symbols) =>
        new CSharpParseOptions(version, DocumentationMode.Parse).WithPreprocessorSymbols(ImmutableArray.Create<string>(["DEBUG", "TRACE", .. target.Symbols(), .. symbols]));

    private static NullableContextOptions Nullable(string value) => value.ToLowerInvariant() switch
    {
        "enable" => NullableContextOptions.Enable,
        "warnings" => NullableContextOptions.Warnings,
        "annotations" => NullableContextOptions.Annotations,
        _ => NullableContextOptions.Disable,
    };

    // <NoWarn>1591</NoWarn> means CS1591.
    private static string FullId(string id) => id.All(char.IsAsciiDigit) ? "CS" + id.PadLeft(4, '0') : id;
}
