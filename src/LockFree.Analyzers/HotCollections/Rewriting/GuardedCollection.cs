using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>LF1001's exact finding, with all the places that a fix has to touch.</summary>
/// <param name="Compilation">The compilation.</param>
/// <param name="Model">What guards what in the outermost type.</param>
/// <param name="Verdict">What is said of the field: exact.</param>
/// <param name="Mentions">Where the type names its fields.</param>
internal sealed record GuardedCollection(Compilation Compilation, GuardedStateModel Model, DictionaryVerdict Verdict, TypeMentions Mentions)
{
    public CandidateField Candidate => Verdict.Candidate;

    public IFieldSymbol Field => Candidate.Field;
}
