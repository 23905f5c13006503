using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes;

/// <summary>Tells whether a rewritten document compiles no worse than before; warnings that the project takes for errors count.</summary>
internal static class CompilationErrors
{
    /// <summary>An error that the document did not have, or not as often; null where there is none.</summary>
    public static async Task<string?> NewInAsync(Document before, Document after, CancellationToken cancellationToken)
    {
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
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .GroupBy(diagnostic => diagnostic.Id)
            .ToDictionary(group => group.Key, group => group.Count());
    }
}
