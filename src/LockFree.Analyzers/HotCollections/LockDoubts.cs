using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>What may be wrong with a lock that seems to guard a collection.</summary>
internal static class LockDoubts
{
    /// <summary>Why the lock is no lock as we know it; null where it is.</summary>
    public static string? ReasonForSilence(GuardedStateModel model, ObjectPath guard, LockUses[] uses, CandidateField candidate)
    {
        foreach (ISymbol member in guard.Members)
        {
            FieldFacts facts = model.FactsOf(member);
            bool isTheCollection = SymbolEqualityComparer.Default.Equals(member, candidate.Field);
            if (facts.IsAssignedOutsideConstruction && !isTheCollection)
                return "the lock object is reassigned";
        }

        if (uses.Any(use => use.HasWaitOrPulse))
            return "threads wait for each other on the lock";
        if (uses.Any(use => use.HasSemaphore) && !StartsWithOne(model, guard))
            return "the semaphore is not known to let one through at a time";
        return null;
    }

    /// <summary>
    /// Why the lock stays whatever becomes of the collection: a semaphore held across awaits where the collection is used, and across others where
    /// it is not, lets one asynchronous operation through at a time. Null where it does not.
    /// </summary>
    public static string? ReasonToKeep(LockRegion[] regions, LockUses[] uses)
    {
        if (!regions.Any(region => region.IsHeldAcrossAwait))
            return null;
        var own = new HashSet<LockRegion>(regions);
        return uses.SelectMany(use => use.RegionsAcrossAwait).Any(region => !own.Contains(region))
            ? "the lock lets one asynchronous operation through at a time, with the collection or without" : null;
    }

    /// <summary>Why code that is not seen may use the lock as well; null where it cannot.</summary>
    public static string? ReasonForDecision(GuardedStateModel model, ObjectPath guard)
    {
        if (guard.IsVisibleByNature)
            return $"code elsewhere can lock '{guard}' as well";
        foreach (ISymbol member in guard.Members)
        {
            if (!model.Family.HidesFromOthers(member))
                return $"code elsewhere can see '{member.Name}'";
            if (model.Family.CandidateOf(member as IFieldSymbol) is not null)
                continue;
            FieldFacts facts = model.FactsOf(member);
            if (facts.IsHandedOut || facts.HasUnknownValues || !facts.AssignedValues.All(IsMadeHere))
                return $"the lock '{member.Name}' is shared with other code";
        }

        return null;
    }

    /// <summary>A new object, so that other code knows it only where it is handed out.</summary>
    public static bool IsMadeHere(IOperation value)
    {
        IOperation? made = value is ISymbolInitializerOperation initializer ? initializer.Value : value;
        return OperationEquality.WithoutConversions(made) is IObjectCreationOperation or IArrayCreationOperation
            or { ConstantValue: { HasValue: true, Value: null } };
    }

    /// <summary><c>new SemaphoreSlim(1)</c> or <c>(1, 1)</c>, and nothing else.</summary>
    public static bool StartsWithOne(GuardedStateModel model, ObjectPath guard)
    {
        if (guard.LastMember is not { } member)
            return false;
        FieldFacts facts = model.FactsOf(member);
        return !facts.HasUnknownValues && facts.AssignedValues.Count > 0 && facts.AssignedValues.All(value =>
            OperationEquality.WithoutConversions(value) is IObjectCreationOperation creation
            && creation.Arguments.All(argument => argument.Value.ConstantValue is { HasValue: true, Value: 1 }));
    }
}
