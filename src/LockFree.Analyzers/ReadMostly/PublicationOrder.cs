using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// Asks how the stores under a lock, and the reads without it, stand to each other: .NET orders what an object holds against the reference
/// to it, and nothing against other fields.
/// </summary>
internal static class PublicationOrder
{
    /// <summary>The other fields of the same lock that the reader's function reads without it.</summary>
    public static IEnumerable<PlainField> ReadTogether(FieldSurvey survey, PlainField plain, ObjectPath guard, FieldAccess read) =>
        survey.ReadWithoutLock(read.Frame, guard).Where(other => other != plain);

    /// <summary>The object is changed through the field once it is stored, in the same region.</summary>
    public static bool IsFilledAfter(PlainField plain, FieldAccess stored, LockRegion region) => plain.Accesses.Any(access =>
        access.Kind == FieldUseKind.Read && access.Held.Contains(region) && ReferenceEquals(access.Frame, stored.Frame)
        && access.Mention.Syntax.SpanStart > stored.Use.Outer.Syntax.Span.End && Fills(access.Mention));

    /// <summary>A field that is stored in the same region, later or earlier than the reference, and read without the lock.</summary>
    public static PlainField? CompanionBeside(FieldSurvey survey, PlainField plain, FieldAccess stored, LockRegion region, bool isLater)
    {
        List<RegionEvent> events = region.Events.ToList();
        int at = events.FindIndex(happening => happening.Operation == stored.Use.Outer);
        if (at < 0)
            return null;
        IEnumerable<RegionEvent> beside = isLater
            ? events.Skip(at + 1).Where(happening => !region.Excludes(events[at], happening))
            : events.Take(at).Where(happening => !region.Excludes(happening, events[at]));
        return beside.Where(IsStore).Select(happening => happening.Symbol).OfType<IFieldSymbol>().Select(survey.Model.Family.PlainFieldOf).OfType<PlainField>()
            .FirstOrDefault(other => other != plain && survey.IsReadUnordered(other));
    }

    /// <summary>A flag that the reader's function tests before, and that is set in a region that stores the reference.</summary>
    public static PlainField? FlagBefore(FieldSurvey survey, ObjectPath guard, FieldAccess read, FieldAccess[] writes)
    {
        var regions = new HashSet<LockRegion>(writes.SelectMany(write => write.Held));
        return survey.ReadWithoutLock(read.Frame, guard).FirstOrDefault(flag => flag.Field is { Type.SpecialType: SpecialType.System_Boolean, IsVolatile: false }
            && flag.Accesses.Any(test => FieldSurvey.IsReadWithoutLock(test) && ReferenceEquals(test.Frame, read.Frame)
                && test.Mention.Syntax.SpanStart < read.Mention.Syntax.SpanStart)
            && flag.Accesses.Any(set => set.IsWrite && set.Held.Any(regions.Contains)));
    }

    /// <summary>Null is stored once the function has waited for a thread to end, which was the reader.</summary>
    public static bool IsClearedAfterJoin(FieldAccess write, LockRegion region) => SecondRead.IsNull(write.Use.Value)
        && region.Events.TakeWhile(happening => happening.Operation != write.Use.Outer).Any(happening =>
            happening.Symbol is IMethodSymbol { Name: "Join", ContainingType: { Name: "Thread" } type } && type.ContainingNamespace.IsSystemThreading());

    private static bool IsStore(RegionEvent happening) => happening.IsWrite && happening.Operation is IAssignmentOperation
        && (happening.Kind == RegionEventKind.OtherField
            || happening.Kind == RegionEventKind.Collection && happening.CollectionOperation == CollectionOperation.Replace);

    /// <summary>An element or member is assigned, or a member called that adds something; what a callee does to its argument is not known.</summary>
    private static bool Fills(IOperation mention)
    {
        IOperation part = mention;
        while (part.Parent is IConversionOperation or IParenthesizedOperation)
            part = part.Parent;
        return part.Parent is IMemberReferenceOperation { Parent: IAssignmentOperation assignment } member && assignment.Target == member
            || part.Parent is not IArgumentOperation && MemberUse.ChangesContent(mention);
    }
}
