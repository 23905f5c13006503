using System.Collections.Immutable;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Caching;

/// <summary>What a compilation declares, bodies aside.</summary>
/// <param name="assemblyName">The name others let see their internals.</param>
/// <param name="options">How it is compiled.</param>
/// <param name="parts">One mark for each file and each reference, the same for all that declare the same. No syntax, so that nothing is kept alive.</param>
internal sealed class DeclarationVersion(string? assemblyName, CompilationOptions options, ImmutableArray<object> parts)
{
    private readonly string? _assemblyName = assemblyName;
    private readonly CompilationOptions _options = options;
    private readonly ImmutableArray<object> _parts = parts;

    /// <summary>What is found by looking through all that is declared, and so once for all compilations that declare the same.</summary>
    public HandWrittenRegistrations HandWritten { get; } = new();

    /// <summary>Whether both declare the same. <see cref="DeclarationVersions"/> asks it, and gives such compilations one object to compare by reference.</summary>
    public bool DeclaresSameAs(DeclarationVersion other) =>
        _assemblyName == other._assemblyName && _options.Equals(other._options) && _parts.SequenceEqual(other._parts);
}
