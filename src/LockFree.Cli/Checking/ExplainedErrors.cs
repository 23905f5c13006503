using System.Collections.Immutable;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Checking;

/// <summary>
/// Knows the compiler errors that are nothing but a finding said again: where a client cannot be generated, the compiler misses the half that would have
/// been. Code with no other error than these is understood.
/// </summary>
internal static class ExplainedErrors
{
    private const string PartWithoutPartial = "CS0260";

    // A part of a type without 'partial'; a member without a body, or without its other half, or partial in a type that is not.
    private static readonly HashSet<string> OfMissingHalves = new(StringComparer.Ordinal) { PartWithoutPartial, "CS0501", "CS0751", "CS8795", "CS9248" };

    /// <summary>Those of <paramref name="errors"/> that no finding on accessors explains.</summary>
    public static IEnumerable<Diagnostic> Unexplained(
        IEnumerable<Diagnostic> errors, IEnumerable<Diagnostic> reports, Compilation compilation, CancellationToken cancellationToken)
    {
        HashSet<(SyntaxTree, TextSpan)> declarations = [.. reports
            .Where(KeepsClientFromBeingGenerated)
            .SelectMany(report => DeclarationsAt(report.Location, compilation, cancellationToken))];
        return declarations.Count == 0
            ? errors
            : errors.Where(error => !OfMissingHalves.Contains(error.Id)
                || !declarations.Any(declaration => Contains(declaration, error.Location))
                || !(error.Id == PartWithoutPartial || IsOnClient(error.Location, compilation, cancellationToken)));
    }

    private static bool KeepsClientFromBeingGenerated(Diagnostic report) =>
        ChecklistItem.Of(report.Id) == ChecklistItem.Accessors && (report.Descriptor.DefaultSeverity == DiagnosticSeverity.Error || report.Id == "LF9009");

    // A type that cannot be completed may lack other halves as well, which another generator was to write.
    private static bool IsOnClient(Location location, Compilation compilation, CancellationToken cancellationToken) =>
        DeclarationAt(location, cancellationToken) is { } declaration
        && compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) is { } symbol
        && symbol.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "ClientAttribute", ContainingNamespace.Name: "LockFree" });

    private static MemberDeclarationSyntax? DeclarationAt(Location location, CancellationToken cancellationToken) =>
        location.SourceTree?.GetRoot(cancellationToken).FindNode(location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>();

    // All parts of a type: what is wrong with one part keeps the others from being completed.
    private static IEnumerable<(SyntaxTree Tree, TextSpan Span)> DeclarationsAt(Location location, Compilation compilation, CancellationToken cancellationToken)
    {
        if (DeclarationAt(location, cancellationToken) is not { } declaration)
            return [];

        ISymbol? symbol = compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken);
        return symbol is INamedTypeSymbol
            ? symbol.DeclaringSyntaxReferences.Select(part => (part.SyntaxTree, part.Span))
            : [(declaration.SyntaxTree, declaration.Span)];
    }

    private static bool Contains((SyntaxTree Tree, TextSpan Span) declaration, Location location) =>
        location.SourceTree == declaration.Tree && declaration.Span.Contains(location.SourceSpan);
}
