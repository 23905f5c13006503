using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Checking;

/// <summary>What the compiler could not make of a project. Nothing is guessed about such code; that it is there is said.</summary>
/// <param name="UnboundNames">Names the compiler could not resolve.</param>
/// <param name="OtherErrors">Other compiler errors.</param>
/// <param name="Files">Files with either.</param>
/// <param name="MissingReferences">Packages and assemblies the projects name but this machine does not have.</param>
/// <param name="FirstError">The first of the errors, as the compiler writes it with a full path, or null.</param>
internal sealed record BindingGaps(int UnboundNames, int OtherErrors, int Files, ImmutableSortedSet<string> MissingReferences, string? FirstError)
{
    // The compiler's errors for a name that leads nowhere, or to a type in an assembly that is not here.
    private static readonly HashSet<string> UnboundIds = new(StringComparer.Ordinal)
    {
        "CS0012", "CS0103", "CS0117", "CS0234", "CS0246", "CS0400", "CS0426", "CS0430", "CS0432", "CS0518", "CS1061", "CS1069", "CS1070", "CS1980",
    };

    public static BindingGaps None { get; } = new(0, 0, 0, [], null);

    public bool IsEmpty => UnboundNames == 0 && OtherErrors == 0 && MissingReferences.IsEmpty;

    /// <summary>Counts the errors among a compiler's diagnostics.</summary>
    public static BindingGaps Of(IEnumerable<Diagnostic> errors, IEnumerable<string> missingReferences)
    {
        int unbound = 0;
        int other = 0;
        string? first = null;
        HashSet<string> files = new(StringComparer.Ordinal);
        foreach (Diagnostic error in errors)
        {
            if (UnboundIds.Contains(error.Id))
                unbound++;
            else
                other++;
            FileLinePositionSpan place = error.Location.GetLineSpan();
            files.Add(place.Path);
            first ??= CompilerMessage.Of(error);
        }

        return new BindingGaps(unbound, other, files.Count, [.. missingReferences], first);
    }

    public BindingGaps Plus(BindingGaps other) => new(
        UnboundNames + other.UnboundNames, OtherErrors + other.OtherErrors, Files + other.Files,
        MissingReferences.Union(other.MissingReferences), FirstError ?? other.FirstError);
}
