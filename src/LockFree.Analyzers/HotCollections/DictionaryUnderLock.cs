using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>LF1001: a dictionary or set guarded by one lock that guards nothing else.</summary>
internal static class DictionaryUnderLock
{
    public const string Id = "LF1001";

    /// <summary>The key of <see cref="Diagnostic.Properties"/> that says <c>Exact</c> or <c>ReportOnly</c>.</summary>
    public const string VerdictProperty = "Verdict";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A dictionary or set is guarded by a lock of its own",
        "'{0}' is only ever used under the lock '{1}', {2}: {3}",
        RuleCategory.HotCollections,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Every use of the field holds the same lock, and the lock guards no other state together with it: "
            + "a concurrent map does the same without serialising readers and writers of different keys.",
        helpLinkUri: HelpLink.For(Id));

    public static DictionaryVerdict Judge(GuardedStateModel model, CandidateField candidate, ReplacementNames names)
    {
        if (model.IsIncomplete)
            return Silent(candidate, "the type is too large");
        if (!names.HasAny)
            return Silent(candidate, "no concurrent collection is referenced");
        CollectionAccess[] live = candidate.Accesses.Where(access => !access.InConstruction).ToArray();
        string? silence = ReasonForSilence(model, candidate, live);
        if (silence is not null)
            return Silent(candidate, silence);
        ObjectPath? guard = GuardOf(candidate, live, out silence);
        if (guard is null)
            return Silent(candidate, silence!);

        LockRegion RegionOf(CollectionAccess access) => access.Held.Last(region => Seen(region, access).Equals(guard));
        LockRegion[] regions = live.Select(RegionOf).Distinct().ToArray();
        LockUses[] uses = regions.Select(region => region.Lock).Distinct().Select(model.UsesOf).ToArray();
        silence = LockDoubts.ReasonForSilence(model, guard, uses, candidate) ?? LockDoubts.ReasonToKeep(regions, uses)
            ?? OtherStateGuarded(model, candidate, guard, regions, uses);
        if (silence is not null)
            return Silent(candidate, silence, guard);

        ImmutableArray<JudgedRegion> judged = regions.Select(region => RegionJudge.Judge(region, candidate)).ToImmutableArray();
        Obstacle? obstacle = Obstacle.Weightiest(judged.Select(region => region.Obstacle).Prepend(TiedToMembership(judged))
            .Append(Obstacle.Of(LockDoubts.ReasonForDecision(model, guard) ?? FieldDoubts.ReasonForDecision(model, candidate, live, uses, judged))));
        VerdictOutcome outcome = obstacle is null ? VerdictOutcome.Exact : VerdictOutcome.ReportOnly;
        return new DictionaryVerdict(candidate, outcome, obstacle?.Text ?? "", guard, judged)
        {
            IsLockShared = uses.Sum(use => use.Regions.Count) > regions.Length,
        };
    }

    /// <summary>The diagnostic at the field's declarator; null where nothing is said.</summary>
    public static Diagnostic? Report(DictionaryVerdict verdict, string replacement)
    {
        if (verdict.Outcome == VerdictOutcome.Silent)
            return null;
        bool isExact = verdict.Outcome == VerdictOutcome.Exact;
        replacement = verdict.Replacement ?? replacement;
        string alone = verdict.Regions.Any(region => !region.Besides.IsEmpty) ? "under which more happens"
            : verdict.IsLockShared ? "and never together with anything else it guards" : "which guards nothing else";
        string advice = !isExact ? $"a {replacement} may do without the lock, but decide first, because {verdict.Reason}"
            : verdict.IsLockShared ? $"make it a {replacement} and leave the lock to the others"
            : $"make it a {replacement} and remove the lock";
        return Diagnostic.Create(
            Rule,
            verdict.Candidate.Field.Locations[0],
            isExact ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            additionalLocations: null,
            ImmutableDictionary<string, string?>.Empty.Add(VerdictProperty, isExact ? "Exact" : "ReportOnly"),
            verdict.Candidate.Field.Name,
            verdict.Lock!.ToString(),
            alone,
            advice);
    }

    /// <summary>Handlers come and go with the entries, and so does what another object does, a timer perhaps.</summary>
    private static Obstacle? TiedToMembership(ImmutableArray<JudgedRegion> judged)
    {
        IOperation[] besides = judged.SelectMany(region => region.Besides).Select(happening => happening.Operation).ToArray();
        return besides.OfType<IEventAssignmentOperation>().FirstOrDefault() is { } subscription
            && besides.OfType<IInvocationOperation>().FirstOrDefault() is { Instance: { } called } call
            ? new($"the lock keeps '{subscription.EventReference.Syntax}' and '{called.Syntax}.{call.TargetMethod.Name}' in step with it") : null;
    }

    private static DictionaryVerdict Silent(CandidateField candidate, string reason, ObjectPath? guard = null) =>
        new(candidate, VerdictOutcome.Silent, reason, guard, ImmutableArray<JudgedRegion>.Empty);

    private static string? ReasonForSilence(GuardedStateModel model, CandidateField candidate, CollectionAccess[] live)
    {
        if (live.Length == 0)
            return "used in construction only";
        if (live.All(access => access.Held.IsEmpty))
            return "never used under a lock";
        if (candidate.Accesses.FirstOrDefault(access => access.CollectionOperation == CollectionOperation.Escape) is { } escape)
            return "escapes: " + escape.Detail;
        if (FieldDoubts.ReasonForSilence(model, candidate) is { } doubt)
            return doubt;
        return live.Any(access => access.IsWrite) ? null : "never changed after construction";
    }

    /// <summary>
    /// The one lock that every use holds, seen from the object the field belongs to: the innermost, where there are several.
    /// </summary>
    private static ObjectPath? GuardOf(CandidateField candidate, CollectionAccess[] live, out string? silence)
    {
        List<ObjectPath> common = Guards(candidate, live[0]).ToList();
        foreach (CollectionAccess access in live.Skip(1))
        {
            List<ObjectPath> here = Guards(candidate, access).ToList();
            common.RemoveAll(path => !here.Contains(path));
        }

        ObjectPath? guard = common.LastOrDefault(path => path.IsStable);
        silence = guard is not null ? null
            : common.Count > 0 ? "the lock object has no stable name"
            : live.Any(access => access.Held.IsEmpty) ? "some uses are not under a lock"
            : "different locks";
        return guard;
    }

    /// <summary>An instance's lock does not guard a static field.</summary>
    private static IEnumerable<ObjectPath> Guards(CandidateField candidate, CollectionAccess access) =>
        access.Held.Select(region => Seen(region, access)).Where(path => path.IsStatic || !candidate.Field.IsStatic);

    private static ObjectPath Seen(LockRegion region, CollectionAccess access) => region.Lock.RelativeTo(access.Instance);

    /// <summary>
    /// A lock that guards several fields guards their relation, which no map can. A field counts as guarded when something writes it
    /// under this lock, when it is a flag or counter (a value assigned after construction) that a region looks at, or when it is an object of
    /// the user's own that a region calls and that nobody touches without the lock.
    /// </summary>
    private static string? OtherStateGuarded(
        GuardedStateModel model, CandidateField candidate, ObjectPath guard, LockRegion[] regions, LockUses[] uses)
    {
        foreach (RegionEvent happening in regions.SelectMany(region => region.Events))
        {
            bool isOtherCollection = happening.Kind == RegionEventKind.Collection && happening.Candidate != candidate
                && happening.Candidate!.IsChangedOutsideConstruction;
            if (isOtherCollection
                || happening.Kind == RegionEventKind.OtherField && (IsGuardedToo(model, happening, uses) || IsGuardedObject(model, guard, happening) || IsUnknownObject(model, happening)))
                return "the lock guards several fields: " + happening.Symbol!.Name;
        }

        return null;
    }

    private static bool IsGuardedToo(GuardedStateModel model, RegionEvent happening, LockUses[] uses)
    {
        ISymbol member = happening.Symbol!;
        if (happening.IsWrite || uses.Any(use => use.Writes(member)))
            return true;
        ITypeSymbol type = member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
        bool isCollection = CallEffects.IsMutableCollection(type);
        FieldFacts facts = model.FactsOf(member);
        return isCollection && facts.IsChangedOutsideConstruction
            || (type.IsValueType || isCollection) && facts.IsAssignedOutsideConstruction;
    }

    /// <summary>
    /// An object that is made here, so that nobody else need know it, and called only under the lock. What the framework made says by its
    /// documentation whether it needs a lock; of the user's own the lock is all that can be seen.
    /// </summary>
    private static bool IsGuardedObject(GuardedStateModel model, ObjectPath guard, RegionEvent happening)
    {
        if (happening is not { Symbol: IFieldSymbol { IsReadOnly: true, Type.IsReferenceType: true } field, Operation.Parent: IInvocationOperation call }
            || call.Instance != happening.Operation || CallEffects.IsPure(call.TargetMethod) || CallEffects.IsLogging(call.TargetMethod)
            || field.Type.ContainingNamespace.IsOfFramework() || CallEffects.IsImmutable(field.Type))
            return false;
        FieldFacts facts = model.FactsOf(field);
        return model.Family.HidesFromOthers(field) && !facts.HasUnknownValues && facts.AssignedValues.All(LockDoubts.IsMadeHere)
            && facts.IsAlwaysUnder(guard);
    }

    /// <summary>An object that is made here, of a type that is not referenced: what is done to it cannot be seen.</summary>
    private static bool IsUnknownObject(GuardedStateModel model, RegionEvent happening) =>
        happening is { Symbol: IFieldSymbol { IsReadOnly: true, Type.TypeKind: TypeKind.Error } field, Operation: var use }
        && !CallEffects.LooksLikeLogging(use) && model.Family.HidesFromOthers(field)
        && model.FactsOf(field).AssignedValues is { Count: > 0 } values
        && values.All(value => OperationEquality.WithoutConversions(value)?.Syntax is BaseObjectCreationExpressionSyntax);
}
