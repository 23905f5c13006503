using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// LF2004 on fields: an immutable collection is replaced by a changed copy of itself, with no lock held, in a type that shows that several
/// threads use it.
/// </summary>
/// <remarks>
/// Most immutable collections are used by one thread at a time, in compilers, builders, records: without a sign of sharing nothing is said.
/// </remarks>
internal static class LostFieldUpdate
{
    public static IEnumerable<Diagnostic> Findings(GuardedStateModel model)
    {
        var elsewhere = new LockedChanges(model);
        foreach (IFieldSymbol field in model.Family.Types.SelectMany(ImmutableCollections.ReplacedFieldsOf))
        {
            FieldFacts facts = model.FactsOf(field);
            if (!facts.IsAssignedOutsideConstruction || FieldSharing.IsConfined(field))
                continue;
            foreach (ISimpleAssignmentOperation update in UpdatesIn(facts))
            {
                if (IsUnguarded(update, elsewhere) && FieldSharing.Of(field, update, elsewhere) is { } sharing)
                    yield return Report(field, update, sharing);
            }
        }
    }

    /// <summary>True for <c>_map = _map.Add(…)</c>, in one statement or by way of a local.</summary>
    public static bool IsLoadChangeStore(ISimpleAssignmentOperation assignment) =>
        assignment.Target is IFieldReferenceOperation field && ChangedFrom(assignment.Value) is { } origin
        && (OperationEquality.SameValue(origin, field)
            || origin is ILocalReferenceOperation { Local: var local } && LoadedLocal.IsLoadedBy(local, assignment, load =>
                OperationEquality.SameValue(load, field)));

    /// <summary>
    /// What a value is made from by calls: the field in <c>_map.Remove(a).Add(b, c)</c>; null where it is not changed at all, or cleared, so that
    /// nothing depends on what it was.
    /// </summary>
    private static IOperation? ChangedFrom(IOperation value)
    {
        IOperation? origin = OperationEquality.WithoutConversions(value);
        bool isChanged = false;
        while (true)
        {
            switch (origin)
            {
                case IInvocationOperation { TargetMethod.Name: "Clear" }:
                    return null;
                case IInvocationOperation call when (call.Instance ?? (call.Arguments.IsEmpty ? null : call.Arguments[0].Value)) is { } receiver
                    && ImmutableCollections.IsImmutableCollection(receiver.Type) && ImmutableCollections.IsImmutableCollection(call.Type):
                    origin = OperationEquality.WithoutConversions(receiver);
                    isChanged = true;
                    continue;
                default:
                    return isChanged ? origin : null;
            }
        }
    }

    private static IEnumerable<ISimpleAssignmentOperation> UpdatesIn(FieldFacts facts)
    {
        var seen = new HashSet<SyntaxNode>();
        foreach (IOperation value in facts.AssignedValues)
        {
            if (value.Parent is ISimpleAssignmentOperation assignment && seen.Add(assignment.Syntax) && IsLoadChangeStore(assignment))
                yield return assignment;
        }
    }

    /// <summary>No lock that we know is held, in no caller of the type either, and nothing around speaks of one that we do not know.</summary>
    private static bool IsUnguarded(ISimpleAssignmentOperation update, LockedChanges elsewhere) => !elsewhere.AreUnderLock(update.Syntax)
        && !LoadedLocal.MayHoldLock(update) && !IsInConstruction(update);

    private static bool IsInConstruction(IOperation update)
    {
        for (IOperation? around = update.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation)
                return false;
        }

        return update.SemanticModel?.GetEnclosingSymbol(update.Syntax.SpanStart)
            is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };
    }

    private static Diagnostic Report(IFieldSymbol field, ISimpleAssignmentOperation update, FieldSharing sharing) => Diagnostic.Create(
        LostUpdate.Rule, update.Syntax.GetLocation(), sharing.IsCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
        additionalLocations: null, sharing.IsSwapEnough ? LostUpdate.Fixable : null, field.Name, sharing.Sign, sharing.Advice);
}
