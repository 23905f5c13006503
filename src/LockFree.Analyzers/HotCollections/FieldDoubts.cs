using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections;

/// <summary>What may be wrong with a field that seems to be replaceable.</summary>
internal static class FieldDoubts
{
    /// <summary>Why the field's contents may come from, or go, elsewhere; null where they do not.</summary>
    public static string? ReasonForSilence(GuardedStateModel model, CandidateField candidate)
    {
        if (candidate.IsNamedInString)
            return "its name occurs as a string";
        if (candidate.Field.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.Name is not ("NonSerializedAttribute" or "JsonIgnoreAttribute" or "NullableAttribute")))
            return "an attribute gives it a meaning elsewhere";
        FieldFacts facts = model.FactsOf(candidate.Field);
        if (facts.HasUnknownValues || !facts.AssignedValues.All(value => IsKnownCollection(value, candidate)))
            return "created elsewhere";
        return null;
    }

    /// <summary>Why a person must decide; null where nothing speaks against a concurrent collection.</summary>
    public static string? ReasonForDecision(
        GuardedStateModel model, CandidateField candidate, IReadOnlyCollection<CollectionAccess> live, LockUses[] uses,
        ImmutableArray<JudgedRegion> judged)
    {
        if (candidate.Kind == CollectionKind.SortedMap)
        {
            if (live.Any(access =>
                access.CollectionOperation is CollectionOperation.Enumerate or CollectionOperation.Snapshot or CollectionOperation.Scan))
                return "callers may rely on its order";
            if (!IsOrderedByIdentity(candidate.KeyType))
                return "its keys are compared by an order, which may find other keys equal than a hash does";
        }

        if (candidate.Kind == CollectionKind.Set && MayBeNull(candidate.KeyType) && !NeverMeetsNull(model, candidate))
            return "it may hold null, which a concurrent set does not take";
        if (candidate.Field.ContainingType.IsSerializable && candidate.Field is { IsStatic: false } field
            && !field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "NonSerializedAttribute"))
            return "its type is [Serializable], and a formatter writes the field as it is";
        if (candidate.OtherName is { } alias)
            return $"'{alias}' is another name of it";
        if (uses.Any(use => use.WritesObjectsOf(candidate.ValueType)))
            return FilledWhenMade(candidate.ValueType!, uses, judged) ?? "the lock guards the values too";
        return null;
    }

    /// <summary>Where such objects are written only while a value is made, its making is what the lock serialises.</summary>
    private static string? FilledWhenMade(ITypeSymbol type, LockUses[] uses, ImmutableArray<JudgedRegion> judged)
    {
        var factories = new HashSet<RegionEvent>(judged.SelectMany(region => region.Factory));
        bool isWrittenElsewhere = uses.SelectMany(use => use.WritesOfMembersOf(type)).Any(happening => !factories.Contains(happening));
        RegionEvent? maker = judged.Select(region => region.Maker).FirstOrDefault(maker => maker is not null);
        return isWrittenElsewhere || maker is null ? null : JudgedRegion.ReasonToWeigh(maker);
    }

    /// <summary>Where nullable annotations are off, nobody says that a reference is not null.</summary>
    private static bool MayBeNull(ITypeSymbol type) =>
        type.IsValueType ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : type.NullableAnnotation != NullableAnnotation.NotAnnotated
                || type is ITypeParameterSymbol { HasNotNullConstraint: false, HasReferenceTypeConstraint: false };

    /// <summary>It starts empty, and whatever is added or asked for is made on the spot.</summary>
    private static bool NeverMeetsNull(GuardedStateModel model, CandidateField candidate) =>
        model.FactsOf(candidate.Field).AssignedValues.All(value => OperationEquality.WithoutConversions(value)
            is IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null })
        && candidate.Accesses.All(access => access.CollectionOperation is not (CollectionOperation.Add or CollectionOperation.Contains or CollectionOperation.Remove)
            || access.Operation is IInvocationOperation { Arguments: [var item, ..] } && IsMadeOnTheSpot(item.Value));

    private static bool IsMadeOnTheSpot(IOperation item) => OperationEquality.WithoutConversions(item) switch
    {
        IInterpolatedStringOperation or IObjectCreationOperation or ITypeOfOperation => true,
        { ConstantValue: { HasValue: true, Value: not null } } => true,
        ILocalReferenceOperation { Local: var local } use => IsSetOnce(local, use),
        _ => false,
    };

    private static bool IsSetOnce(ILocalSymbol local, IOperation use)
    {
        // Not one of a pattern or a loop, which may hold anything.
        if (local.DeclaringSyntaxReferences is not [var declaration] || declaration.GetSyntax() is not VariableDeclaratorSyntax)
            return false;

        IOperation body = use;
        while (body.Parent is { } parent)
            body = parent;
        bool IsThis(IOperation? variable) => variable is ILocalReferenceOperation { Local: var named } && SymbolEqualityComparer.Default.Equals(named, local);
        return body.Descendants().All(part => part switch
        {
            IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) =>
                declarator.GetVariableInitializer()?.Value is { } value && value is not ILocalReferenceOperation && IsMadeOnTheSpot(value),
            IAssignmentOperation assignment => !assignment.Target.DescendantsAndSelf().Any(IsThis),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => !IsThis(argument.Value),
            _ => true,
        });
    }

    private static bool IsKnownCollection(IOperation value, CandidateField candidate)
    {
        value = OperationEquality.WithoutConversions(value)!;
        if (value.ConstantValue is { HasValue: true, Value: null } || value.Kind == NewerOperationKinds.CollectionExpression)
            return true;
        return value switch
        {
            IObjectCreationOperation { Type: { Name: "Dictionary" or "HashSet" or "SortedDictionary" } type } =>
                type.ContainingNamespace.IsSystemCollectionsGeneric(),
            IInvocationOperation { TargetMethod: { Name: "ToDictionary" or "ToHashSet" } method } => !method.IsInSource()
                && candidate.Kind != CollectionKind.SortedMap,
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => IsKnownCollection(conditional.WhenTrue, candidate)
                && IsKnownCollection(whenFalse, candidate),
            _ => false,
        };
    }

    /// <summary>Two such keys are equal exactly when neither comes before the other.</summary>
    private static bool IsOrderedByIdentity(ITypeSymbol key) =>
        key.TypeKind == TypeKind.Enum || key.Name is "Guid" or "DateTime" or "DateTimeOffset" or "TimeSpan"
        || key.SpecialType is SpecialType.System_Char or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16
        or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;
}
