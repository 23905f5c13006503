using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes;

/// <summary>
/// Tells whether a rewritten document compiles no worse than before; warnings that the project takes for errors count. Of a document that
/// does not parse nobody can tell: what the compiler says of it depends on how it recovers.
/// </summary>
internal static class CompilationErrors
{
    // A partial method or property that nobody completes. A generator does, which an editor need not run again over what a fix tries.
    private static readonly string[] LeftToGenerators = ["CS8795", "CS9248"];

    /// <summary>An error that the document did not have, or not as often, or that kept it from being parsed; null where there is none.</summary>
    public static async Task<string?> NewInAsync(Document before, Document after, CancellationToken cancellationToken)
    {
        SyntaxTree tree = (await before.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false))!;
        if (tree.GetDiagnostics(cancellationToken).FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } unparsed)
            return unparsed.Id;

        Dictionary<string, int> known = await CountAsync(before, cancellationToken).ConfigureAwait(false);
        foreach (KeyValuePair<string, int> error in await CountAsync(after, cancellationToken).ConfigureAwait(false))
        {
            if (!known.TryGetValue(error.Key, out int count) || count < error.Value)
                return error.Key;
        }

        return null;
    }

    private static async Task<Dictionary<string, int>> CountAsync(Document document, CancellationToken cancellationToken)
    {
        SemanticModel model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        return model.GetDiagnostics(cancellationToken: cancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !LeftToGenerators.Contains(diagnostic.Id))
            .GroupBy(diagnostic => diagnostic.Id)
            .ToDictionary(group => group.Key, group => group.Count());
    }
}
