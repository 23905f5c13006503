using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Generators.Models;

/// <summary>What is wrong with a class, and where: by file and position, so that no syntax tree is kept.</summary>
/// <param name="Rule">The rule it breaks.</param>
/// <param name="Path">The file; null where the problem is in none.</param>
/// <param name="Span">The position in that file.</param>
/// <param name="Arguments">What the message names.</param>
internal sealed record ProblemModel(DiagnosticDescriptor Rule, string? Path, TextSpan Span, EquatableArray<string> Arguments)
{
    /// <summary>The model of a problem found at <paramref name="location"/>.</summary>
    public static ProblemModel At(Location location, DiagnosticDescriptor rule, string[] arguments) =>
        new(rule, location.SourceTree?.FilePath, location.SourceSpan, arguments.ToImmutableArray());

    /// <summary>The diagnostic in a compilation of the same sources: in its own tree, so that pragmas and the severities of an .editorconfig hold for it.</summary>
    public Diagnostic In(Compilation compilation)
    {
        SyntaxTree? tree = Path is null ? null : compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == Path);
        return Diagnostic.Create(Rule, tree is null ? Location.None : Location.Create(tree, Span), [.. Arguments]);
    }
}
