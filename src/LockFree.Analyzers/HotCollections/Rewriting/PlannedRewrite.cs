using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>What is to become of each document of a field's type.</summary>
/// <param name="Plans">By document.</param>
/// <param name="Refusal">Why nothing may become of them, in the words of a message; null where the rewrite is exact.</param>
internal readonly record struct PlannedRewrite(IReadOnlyDictionary<SyntaxTree, RewritePlan> Plans, string? Refusal);
