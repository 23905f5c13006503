using System.Collections.Immutable;
using LockFree.Cli.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Cli.Checking;

/// <summary>Decides where a fix that is offered may be trusted: only where the compiler understood everything the verdict rests on.</summary>
internal static class FixEligibility
{
    /// <summary>Why a finding that only some of a file's projects or targets report is not fixed.</summary>
    public const string NotEverywhere = "the file is compiled several times, and not each time with this finding";

    /// <summary>Why a fix at <paramref name="report"/> must not be applied, or null if it may.</summary>
    public static async Task<string?> RefusalAsync(
        ProjectSource source, Document document, Diagnostic report, ImmutableArray<Diagnostic> errors, CancellationToken cancellationToken)
    {
        if (source.HasUnseenTargets)
            return "the project targets several frameworks and only one was looked at; restore it and give the project file";

        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        SyntaxNode? type = OutermostType(root.FindNode(report.Location.SourceSpan));
        Diagnostic? inType = errors.FirstOrDefault(error =>
            error.Location.SourceTree == root.SyntaxTree && (type is null || type.FullSpan.Contains(error.Location.SourceSpan)));
        return inType is null ? null : $"the type has code the compiler does not understand: {CompilerMessage.Of(inType)}";
    }

    /// <summary>The outermost type declaration around a node, or null outside any.</summary>
    public static BaseTypeDeclarationSyntax? OutermostType(SyntaxNode node) => node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().LastOrDefault();
}
