using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>Finds a read that relies on what an earlier one, of what may be another value by now, has found.</summary>
internal static class SecondRead
{
    /// <summary>
    /// A test for null, then a use where null may be assigned meanwhile; or a length, then an element of what may be shorter by then. One
    /// at the end of the object's life only where there is no other.
    /// </summary>
    public static FieldAccess? Of(FieldAccess[] reads, FieldAccess[] writes)
    {
        var writers = new HashSet<CallFrame>(writes.Select(write => write.Frame));
        var clearers = new HashSet<CallFrame>(writes.Where(write => IsNull(write.Use.Value)).Select(write => write.Frame));
        ILookup<CallFrame, FieldAccess> readsByFrame = reads.ToLookup(read => read.Frame);
        foreach (FieldAccess second in reads.OrderBy(read => read.Frame.IsTeardown))
        {
            bool isElement = IsElementAccess(second.Mention);

            // a value that is handed on as not null may be null only by another thread's doing, also where this function creates it
            bool isHandedOn = !isElement && IsHandedOn(second, writers);
            if (!isElement && !(clearers.Count > 0 && (isHandedOn || IsDereferenced(second.Mention))))
                continue;
            if ((isHandedOn ? clearers : writers).Contains(second.Frame))
                continue; // perhaps the only writer, who need not lock against itself
            FieldAccess? first = readsByFrame[second.Frame].FirstOrDefault(other => other != second && IsConditionOf(other.Mention, second.Mention) && (isElement ? IsLength(other.Mention) : IsNullTest(other.Mention)));
            if (first is not null)
                return second;
        }

        return null;
    }

    /// <summary>Whether an expression is the constant null.</summary>
    public static bool IsNull(IOperation? operation) =>
        OperationEquality.WithoutConversions(operation) is { ConstantValue: { HasValue: true, Value: null } };

    /// <summary>
    /// Returned, or given as an argument, where the declaration says that null is not expected; where it says nothing either way, returned
    /// by a function that would rather create the value than return null.
    /// </summary>
    private static bool IsHandedOn(FieldAccess read, HashSet<CallFrame> writers) => UserOf(read.Mention) switch
    {
        IReturnOperation { Kind: OperationKind.Return } => read.Frame.Function is { MethodKind: not MethodKind.AnonymousFunction } function
            && ReturnAnnotation(function) is var annotation && (annotation == NullableAnnotation.NotAnnotated
                || annotation == NullableAnnotation.None && writers.Contains(read.Frame)),
        IArgumentOperation { Parameter: { RefKind: RefKind.None } parameter, Parent: IInvocationOperation call } =>
            parameter is { Type.IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } && !CallEffects.IsLogging(call.TargetMethod),
        _ => false,
    };

    private static IOperation? UserOf(IOperation mention)
    {
        IOperation? user = mention.Parent;
        while (user is IConversionOperation)
            user = user.Parent;
        return user;
    }

    private static NullableAnnotation ReturnAnnotation(IMethodSymbol function) =>
        function is { IsAsync: true, ReturnType: INamedTypeSymbol { TypeArgumentNullableAnnotations: [var result] } }
            ? result : function.ReturnNullableAnnotation;

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

    private static bool IsNullTest(IOperation mention) => UserOf(mention) switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } test => IsNull(test.LeftOperand) || IsNull(test.RightOperand),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } } => IsNull(value),
        _ => false,
    };

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
}
