using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Caching;

/// <summary>
/// What a compilation declares, bodies aside. Compared by reference: <see cref="DeclarationVersions"/> gives two compilations one object if they
/// declare the same.
/// </summary>
/// <param name="assemblyName">The name others let see their internals.</param>
/// <param name="options">How it is compiled.</param>
/// <param name="parts">One mark for each file and each reference, the same for all that declare the same. No syntax, so that nothing is kept alive.</param>
internal sealed class DeclarationVersion(string? assemblyName, CompilationOptions options, ImmutableArray<object> parts)
{
    public bool IsSame(DeclarationVersion other) =>
        assemblyName == other.AssemblyName && options.Equals(other.Options) && parts.SequenceEqual(other.Parts);

    private string? AssemblyName => assemblyName;

    private CompilationOptions Options => options;

    private ImmutableArray<object> Parts => parts;
}
