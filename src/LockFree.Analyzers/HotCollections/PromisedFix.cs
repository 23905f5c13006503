using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.HotCollections;

/// <summary>
/// A warning promises a fix. So an exact verdict is tried with the very plans that the code fix carries out, over the operations the driver
/// handed out, and is left to a person where none of the targets that the project has and wants can take the field.
/// </summary>
/// <param name="compilation">The compilation.</param>
/// <param name="mentions">Where the type names its fields.</param>
/// <param name="optionsOf">What .editorconfig says of a document; null where it is not known.</param>
/// <param name="cancellationToken">Ends the planning early.</param>
internal sealed class PromisedFix(Compilation compilation, TypeMentions mentions, Func<SyntaxTree, AnalyzerConfigOptions?> optionsOf,
    CancellationToken cancellationToken)
{
    public DictionaryVerdict Hold(DictionaryVerdict verdict, GuardedStateModel model)
    {
        if (verdict.Outcome != VerdictOutcome.Exact)
            return verdict;
        var collection = new GuardedCollection(compilation, model, verdict, mentions);
        string? obstacle = null;
        AnalyzerConfigOptions? options = optionsOf(verdict.Candidate.Field.DeclaringSyntaxReferences[0].SyntaxTree);
        foreach (ConcurrentTarget target in CollectionOptions.TargetsFor(options, verdict))
        {
            if (target.TypeFor(verdict.Candidate, compilation) is not { } type)
                continue;
            string? refusal = CollectionRewrite.RefusalOf(collection, target, cancellationToken);
            if (refusal is null)
                return verdict with { Replacement = type.Name };
            obstacle ??= refusal;
        }

        return verdict with { Outcome = VerdictOutcome.ReportOnly, Reason = obstacle ?? "no concurrent collection is referenced" };
    }
}
