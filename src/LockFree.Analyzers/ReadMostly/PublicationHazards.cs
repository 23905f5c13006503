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

    public static (PublicationHazard Hazard, FieldAccess Read)? Of(GuardedStateModel model, PlainField plain, ObjectPath guard,
        FieldAccess[] live, FieldAccess[] reads, FieldAccess[] writes)
    {
        bool isReplaced = writes.All(write => write.Kind == FieldUseKind.Write);
        if (plain.Width != ValueWidth.Word)
        {
            if (!isReplaced)
                return null;
            return (plain.Width == ValueWidth.Wide ? PublicationHazard.TornValue : PublicationHazard.TornIn32Bits, reads[0]);
        }

        if (reads.FirstOrDefault(WaitsInLoop) is { } waiting)
            return (PublicationHazard.HoistedRead, waiting);
        FieldAccess? firstLook = reads.FirstOrDefault(read => writes.Any(write => IsDoubleCheck(read, write, guard, live)));
        if (!plain.Field.Type.IsReferenceType)
        {
            return isReplaced && firstLook is not null && !IsEnding(plain.Field.Name)
                && writes.Any(write => IsSetWhenReady(write, guard, plain)) && !SpeaksOfBarrier(firstLook)
                ? (PublicationHazard.FlagBeforeState, firstLook) : null;
        }

        if (TwoVersionsRead(reads, writes) is { } second)
            return (PublicationHazard.TwoVersions, second);
        if (firstLook is not null)
            return (PublicationHazard.DoubleCheckedReference, firstLook);
        return isReplaced && IsCopyOnWrite(model, plain, writes) ? (PublicationHazard.CopyOnWriteReference, reads[0]) : null;
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

    /// <summary>
    /// A look without the lock, then in the same function the lock, a second look and the write. Storing null publishes nothing: such a
    /// look only asks whether the lock is worth taking.
    /// </summary>
    private static bool IsDoubleCheck(FieldAccess first, FieldAccess write, ObjectPath guard, FieldAccess[] live)
    {
        LockRegion? region = RegionOf(write, guard);
        if (region is null || !ReferenceEquals(region.Frame, first.Frame) || !IsBefore(first.Mention, region.Acquire) || !IsTested(first)
            || IsNull(write.Use.Value))
            return false;
        return live.Any(second => second.Kind != FieldUseKind.Write && second.Held.Contains(region)
            && (second == write || IsBefore(second.Mention, write.Mention)));
    }

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

    /// <summary>
    /// A test for null, then a use where null may be assigned meanwhile; or a length, then an element of what may be shorter by then.
    /// </summary>
    private static FieldAccess? TwoVersionsRead(FieldAccess[] reads, FieldAccess[] writes)
    {
        bool becomesNull = writes.Any(write => IsNull(write.Use.Value));
        foreach (FieldAccess second in reads)
        {
            if (writes.Any(write => ReferenceEquals(write.Frame, second.Frame)))
                continue; // perhaps the only writer, who need not lock against itself
            bool isElement = IsElementAccess(second.Mention);
            if (!isElement && !(becomesNull && IsDereferenced(second.Mention)))
                continue;
            FieldAccess? first = reads.FirstOrDefault(other => other != second && ReferenceEquals(other.Frame, second.Frame)
                && IsConditionOf(other.Mention, second.Mention) && (isElement ? IsLength(other.Mention) : IsNullTest(other.Mention)));
            if (first is not null)
                return second;
        }

        return null;
    }

    private static bool IsElementAccess(IOperation mention) => mention.Parent switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference == mention,
        IPropertyReferenceOperation { Arguments.Length: 1 } element => element.Instance == mention
            && element.Arguments[0].Value.Type?.SpecialType == SpecialType.System_Int32,
        _ => false,
    };

    private static bool IsLength(IOperation mention) =>
        mention.Parent is IPropertyReferenceOperation { Property.Name: "Length" or "Count" } length && length.Instance == mention;

    private static bool IsDereferenced(IOperation mention) => mention.Parent switch
    {
        IInvocationOperation call => call.Instance == mention && !call.TargetMethod.IsExtensionMethod,
        IMemberReferenceOperation member => member.Instance == mention,
        IArrayElementReferenceOperation element => element.ArrayReference == mention,
        _ => false,
    };

    private static bool IsNullTest(IOperation mention)
    {
        IOperation? parent = mention.Parent;
        while (parent is IConversionOperation)
            parent = parent.Parent;
        return parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } test
            && (IsNull(test.LeftOperand) || IsNull(test.RightOperand))
            || parent is IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } }
            && IsNull(value);
    }

    private static bool IsNull(IOperation? operation) =>
        OperationEquality.WithoutConversions(operation) is { ConstantValue: { HasValue: true, Value: null } };

    /// <summary>The first mention decides whether the second is reached: the condition of an if, a loop, or an and around it.</summary>
    private static bool IsConditionOf(IOperation first, IOperation second)
    {
        for (IOperation? part = second; part?.Parent is { } parent; part = parent)
        {
            IOperation? condition = parent switch
            {
                IConditionalOperation conditional when conditional.WhenTrue == part => conditional.Condition,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when both.RightOperand == part => both.LeftOperand,
                IForLoopOperation loop when loop.Body == part => loop.Condition,
                IWhileLoopOperation { ConditionIsTop: true } loop when loop.Body == part => loop.Condition,
                _ => null,
            };
            if (condition is not null && IsConjunct(condition, first))
                return true;
        }

        return false;
    }

    /// <summary>The mention stands in the condition, or in one side of an and, so that the condition is true only if its test is.</summary>
    private static bool IsConjunct(IOperation condition, IOperation mention)
    {
        if (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
            return IsConjunct(both.LeftOperand, mention) || IsConjunct(both.RightOperand, mention);
        return condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr }
            && condition.DescendantsAndSelf().Contains(mention);
    }

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
        return writes.Any(write => !IsNull(write.Use.Value));
    }
}
