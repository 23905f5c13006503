using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// Finds the worst that may happen to a reader without a lock, by the .NET memory model (docs/design/specs/Memory-model.md of
/// dotnet/runtime): storing a reference releases what was written to the object, and reads through the reference come after it, so a plain reference is
/// enough to publish an object; it orders nothing else, and adjacent plain reads may be made one.
/// </summary>
internal static class PublicationHazards
{
    /// <summary>Flags of a life that ends: whoever sees one goes away, and looks at nothing it might guard.</summary>
    private static readonly string[] EndingWords =
        ["dispos", "clos", "stop", "shut", "cancel", "complet", "exit", "finish", "abort", "terminat", "end", "quit", "dead"];

    /// <summary>How many other fields make a read part of a snapshot.</summary>
    private const int FieldsOfSnapshot = 3;

    public static FoundHazard? Of(FieldSurvey survey, PlainField plain, ObjectPath guard,
        FieldAccess[] live, FieldAccess[] reads, FieldAccess[] writes)
    {
        GuardedStateModel model = survey.Model;
        bool isReplaced = writes.All(write => write.Kind == FieldUseKind.Write);
        if (plain.Width != ValueWidth.Word)
        {
            if (!isReplaced || !IsLockOfSameType(guard, plain) || FromOutsideWriters(reads, writes) is not { } torn)
                return null;
            if (PublicationOrder.ReadTogether(survey, plain, guard, torn).Take(FieldsOfSnapshot).Count() == FieldsOfSnapshot)
                return new FoundHazard(PublicationHazard.MixedSnapshot, torn);
            return new FoundHazard(plain.Width == ValueWidth.Wide ? PublicationHazard.TornValue : PublicationHazard.TornIn32Bits, torn);
        }

        if (reads.FirstOrDefault(WaitsInLoop) is { } waiting)
            return new FoundHazard(PublicationHazard.HoistedRead, waiting);
        (FieldAccess? firstLook, FieldAccess? stored) =
            FirstDoubleCheck(reads.Where(read => !IsCountOfShared(model, plain, read)), writes, guard, live);
        if (!plain.Field.Type.IsReferenceType)
        {
            return isReplaced && firstLook is not null && !IsEnding(plain.Field.Name)
                && writes.Any(write => IsSetWhenReady(write, guard, plain)) && !SpeaksOfBarrier(firstLook)
                ? new FoundHazard(PublicationHazard.FlagBeforeState, firstLook) : null;
        }

        FieldAccess[] racing = writes.Where(write => RegionOf(write, guard) is not { } region || !PublicationOrder.IsClearedAfterJoin(write, region)).ToArray();
        if (SecondRead.Of(reads, racing) is { } second)
            return new FoundHazard(PublicationHazard.TwoVersions, second);
        bool isLockReplaced = SymbolEqualityComparer.Default.Equals(guard.LastMember, plain.Field);
        if (firstLook is not null)
        {
            return isLockReplaced ? new FoundHazard(PublicationHazard.LockIsReplaced, firstLook)
                : OfDoubleCheck(survey, plain, firstLook, stored!, RegionOf(stored!, guard)!, writes);
        }

        if (!isReplaced || !IsCopyOnWrite(model, plain, writes) || live.Any(access => access.Mention.Parent is IInvalidOperation))
            return null;
        if (isLockReplaced)
            return new FoundHazard(PublicationHazard.LockIsReplaced, reads[0]);
        return PublicationOrder.FlagBefore(survey, guard, reads[0], writes) is { } flag ? new FoundHazard(PublicationHazard.ReadBehindFlag, reads[0], flag)
            : new FoundHazard(PublicationHazard.CopyOnWriteReference, reads[0]);
    }

    private static FoundHazard? OfDoubleCheck(
        FieldSurvey survey, PlainField plain, FieldAccess firstLook, FieldAccess stored, LockRegion region, FieldAccess[] writes)
    {
        if (PublicationOrder.IsFilledAfter(plain, stored, region))
            return new FoundHazard(PublicationHazard.FilledAfterStore, firstLook);
        if (PublicationOrder.CompanionBeside(survey, plain, stored, region, isLater: true) is { } later)
            return new FoundHazard(PublicationHazard.StoredBeforeCompanion, firstLook, later);
        if (PublicationOrder.CompanionBeside(survey, plain, stored, region, isLater: false) is { } earlier)
            return new FoundHazard(PublicationHazard.CompanionBehindReference, firstLook, earlier);

        // a literal is no object that has to be published
        bool isLiteral = writes.All(write => OperationEquality.WithoutConversions(write.Use.Value) is { ConstantValue.HasValue: true });
        return isLiteral ? null : new FoundHazard(PublicationHazard.DoubleCheckedReference, firstLook);
    }

    /// <summary>The lock of another object may guard its own instance of the field, and others read copies that nobody writes.</summary>
    private static bool IsLockOfSameType(ObjectPath guard, PlainField plain) =>
        SymbolEqualityComparer.Default.Equals(guard.LastMember?.ContainingType, plain.Field.ContainingType);

    /// <summary>A read in a function that writes too is perhaps the only writer's, who need not lock against itself.</summary>
    private static FieldAccess? FromOutsideWriters(FieldAccess[] reads, FieldAccess[] writes)
    {
        var writers = new HashSet<CallFrame>(writes.Select(write => write.Frame));
        return reads.FirstOrDefault(read => !writers.Contains(read.Frame));
    }

    /// <summary>In the condition of a loop whose body calls nothing but what passes the time.</summary>
    private static bool WaitsInLoop(FieldAccess read)
    {
        IOperation part = read.Mention;
        while (part.Parent is IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation or IIsPatternOperation)
            part = part.Parent;
        return part.Parent switch
        {
            IWhileLoopOperation loop => loop.Condition == part && OnlyPassesTime(loop),
            IForLoopOperation loop => loop.Condition == part && OnlyPassesTime(loop),
            _ => false,
        };
    }

    private static bool OnlyPassesTime(ILoopOperation loop) => loop.Body.DescendantsAndSelf().All(part => part switch
    {
        IInvocationOperation { TargetMethod: { Name: "Yield" or "SpinWait" or "SpinOnce" or "Sleep" } method } =>
            method.ContainingNamespace.IsSystemThreading(),
        IInvocationOperation or IPropertyReferenceOperation or IAwaitOperation or ILockOperation or IDynamicInvocationOperation
            or IInvalidOperation or IReturnOperation or IBranchOperation or IAssignmentOperation => false,
        _ => true,
    });

    /// <summary>The first look that is the first of a double check, and its store.</summary>
    private static (FieldAccess? Look, FieldAccess? Store) FirstDoubleCheck(
        IEnumerable<FieldAccess> reads, FieldAccess[] writes, ObjectPath guard, FieldAccess[] live)
    {
        ILookup<CallFrame, (FieldAccess Write, LockRegion Region)> stores = writes.Select(write => (Write: write, Region: RegionOf(write, guard)!))
            .Where(store => store.Region is not null).ToLookup(store => store.Region.Frame);
        ILookup<LockRegion, FieldAccess> seconds = live.Where(access => access.Kind != FieldUseKind.Write)
            .SelectMany(access => access.Held.Distinct().Select(region => (Region: region, Access: access)))
            .ToLookup(second => second.Region, second => second.Access);
        return reads.SelectMany(read => stores[read.Frame].Where(store => IsDoubleCheck(read, store.Write, store.Region, seconds[store.Region]))
            .Select(store => ((FieldAccess?)read, (FieldAccess?)store.Write))).FirstOrDefault();
    }

    /// <summary>
    /// A look without the lock, then in the same function the lock, a second look and the write. Storing null publishes nothing: such a
    /// look only asks whether the lock is worth taking.
    /// </summary>
    private static bool IsDoubleCheck(FieldAccess first, FieldAccess write, LockRegion region, IEnumerable<FieldAccess> seconds)
    {
        if (!IsBefore(first.Mention, region.Acquire) || !IsTested(first)
            || SecondRead.IsNull(write.Use.Value) || ExclusivePaths.Exclude(first.Mention, region.Acquire))
            return false;
        IOperation? comparison = ComparisonOf(first);
        return seconds.Any(second => (second == write || IsBefore(second.Mention, write.Mention))
            && (comparison is null || ComparisonOf(second) is { } again && OperationEquality.SameValue(again, comparison)));
    }

    /// <summary>What a reference is compared with, where that is no constant: then it is not asked whether it is there.</summary>
    private static IOperation? ComparisonOf(FieldAccess look)
    {
        IOperation part = look.Mention;
        while (part.Parent is IConversionOperation or IParenthesizedOperation)
            part = part.Parent;
        return part is { Type.IsReferenceType: true, Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test }
            && (test.LeftOperand == part ? test.RightOperand : test.LeftOperand) is { ConstantValue.HasValue: false } other
            && OperationEquality.WithoutConversions(other) is { ConstantValue.HasValue: false } compared ? compared : null;
    }

    /// <summary>How much is in a collection that is changed in place: another matter than which collection it is.</summary>
    private static bool IsCountOfShared(GuardedStateModel model, PlainField plain, FieldAccess read) =>
        read.Mention.Parent is IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "IsEmpty" }
        && model.FactsOf(plain.Field).IsChangedOutsideConstruction;

    private static LockRegion? RegionOf(FieldAccess access, ObjectPath guard) =>
        access.Held.LastOrDefault(region => region.Lock.RelativeTo(access.Instance).Equals(guard));

    private static bool IsBefore(IOperation first, IOperation second) =>
        first.Syntax.SyntaxTree == second.Syntax.SyntaxTree && first.Syntax.SpanStart < second.Syntax.SpanStart;

    /// <summary>Decides a branch, by itself or by way of a local.</summary>
    private static bool IsTested(FieldAccess read)
    {
        for (IOperation? part = read.Mention; part?.Parent is { } parent; part = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional:
                    return conditional.Condition == part;
                case ICoalesceOperation coalesce:
                    return coalesce.Value == part;
                case IVariableInitializerOperation:
                    return true;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation }:
                    return true;
                case IBlockOperation or ILoopOperation or IInvocationOperation or IReturnOperation:
                    return false;
            }
        }

        return false;
    }

    /// <summary>
    /// A constant is assigned, as to a flag, and something else is changed or called under the lock before that, and nothing after it.
    /// </summary>
    private static bool IsSetWhenReady(FieldAccess write, ObjectPath guard, PlainField plain)
    {
        if (write.Use.Value is not { ConstantValue.HasValue: true } || RegionOf(write, guard) is not { } region)
            return false;
        int set = region.Events.ToList().FindIndex(happening => happening.Operation == write.Use.Outer);
        return set > 0 && region.Events.Take(set).Any(happening => ChangesOtherState(happening, plain))
            && !region.Events.Skip(set + 1).Any(happening => ChangesOtherState(happening, plain));
    }

    private static bool ChangesOtherState(RegionEvent happening, PlainField plain) => happening.Kind switch
    {
        RegionEventKind.Effect or RegionEventKind.Callback or RegionEventKind.ForeignWrite => true,
        RegionEventKind.Collection or RegionEventKind.OtherField or RegionEventKind.ValueUse =>
            happening.IsWrite && !SymbolEqualityComparer.Default.Equals(happening.Symbol, plain.Field),
        _ => false,
    };

    /// <summary>The reader orders its reads by hand: nothing that a volatile field could add.</summary>
    private static bool SpeaksOfBarrier(FieldAccess read) => read.Mention.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantTokens().Any(token => token.ValueText is "MemoryBarrier" or "MemoryBarrierProcessWide" or "ReadBarrier");

    private static bool IsEnding(string name) => EndingWords.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>A collection nobody changes in place, replaced by another one.</summary>
    private static bool IsCopyOnWrite(GuardedStateModel model, PlainField plain, FieldAccess[] writes)
    {
        bool isImmutable = plain.Field.Type.Name.StartsWith("Immutable", StringComparison.Ordinal);
        bool isCopied = CallEffects.IsMutableCollection(plain.Field.Type) && !model.FactsOf(plain.Field).IsChangedOutsideConstruction;
        if (!isImmutable && !isCopied)
            return false;
        if (model.Family.CandidateOf(plain.Field) is { } collection && collection.Accesses.Any(access =>
            !access.InConstruction && access.IsWrite && access.CollectionOperation != CollectionOperation.Replace))
            return false;
        return writes.Any(write => !SecondRead.IsNull(write.Use.Value));
    }
}
