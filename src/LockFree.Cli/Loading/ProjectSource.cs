using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Cli.Loading;

/// <summary>
/// Everything needed to compile one project, wherever it was read from. Nothing here is compiled or parsed yet, so that a
/// thousand of these cost little and each project's memory can be let go after its turn.
/// </summary>
internal sealed record ProjectSource
{
    /// <summary>Unique in one run: the project file's path, with the target framework where there are several.</summary>
    public required string Id { get; init; }

    /// <summary>What reports call it.</summary>
    public required string Name { get; init; }

    public required string AssemblyName { get; init; }

    /// <summary>The project file, or null for sources that belong to none.</summary>
    public string? ProjectFile { get; init; }

    /// <summary>Full paths of the C# sources, ordinal order, each once.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>Sources that exist in no file: implicit usings, assembly attributes from the project file. Name to text.</summary>
    public ImmutableArray<(string Name, string Text)> ImpliedSources { get; init; } = [];

    public required CSharpParseOptions ParseOptions { get; init; }

    public required CSharpCompilationOptions CompilationOptions { get; init; }

    /// <summary>Framework and package assemblies.</summary>
    public required ImmutableArray<MetadataReference> References { get; init; }

    /// <summary>Those of <see cref="References"/> that also reach the projects referring to this one.</summary>
    public ImmutableArray<MetadataReference> FlowingReferences { get; init; } = [];

    /// <summary>Packages and assemblies the project names but this machine does not have; what they declare will not bind.</summary>
    public ImmutableArray<string> MissingReferences { get; init; } = [];

    /// <summary>Ids of the projects this one refers to.</summary>
    public ImmutableArray<string> ProjectReferences { get; init; } = [];

    /// <summary>Full paths of the <c>.editorconfig</c> and <c>.globalconfig</c> files that apply.</summary>
    public ImmutableArray<string> AnalyzerConfigFiles { get; init; } = [];

    public ImmutableArray<string> AdditionalFiles { get; init; } = [];

    /// <summary>The project's own generators; its analyzers are not run.</summary>
    public ImmutableArray<AnalyzerReference> GeneratorReferences { get; init; } = [];

    /// <summary>Needed by others only: compiled for its metadata, never analysed.</summary>
    public bool IsReferenceOnly { get; init; }

    /// <summary>Read without MSBuild: names that do not bind are expected, and only one target framework was looked at.</summary>
    public bool IsLoose { get; init; }

    /// <summary>The project targets several frameworks but was loaded for one of them only.</summary>
    public bool HasUnseenTargets { get; init; }

    /// <summary>Whether findings in a source are reported: false for a file outside the folder that was asked for.</summary>
    public Func<string, bool> IsReported { get; init; } = static _ => true;
}
