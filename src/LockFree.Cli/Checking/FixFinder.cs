using System.Collections.Concurrent;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.Cli.Checking;

/// <summary>Asks the fixers of a rule about one diagnostic. What a fixer throws is recorded, never passed on: the rest of the run is still of use.</summary>
internal sealed class FixFinder(RuleCatalogue catalogue, ConcurrentBag<ToolFailure> failures)
{
    /// <summary>The fixer's preferred action, the first it registers; null if none of them offers any.</summary>
    public async Task<CodeAction?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        foreach (CodeFixProvider fixer in catalogue.FixersOf(diagnostic.Id))
        {
            CodeAction? first = null;
            CodeFixContext context = new(document, diagnostic, (action, _) => first ??= action, cancellationToken);
            try
            {
                await fixer.RegisterCodeFixesAsync(context);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(ToolFailure.Of(fixer.GetType().Name, diagnostic.Location, failure));
            }

            if (first is not null)
                return first;
        }

        return null;
    }
}
