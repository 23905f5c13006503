using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.AsyncLocks;

/// <summary>Tells whether a task that is waited for has surely, or by the looks of the code, ended before: then nothing blocks.</summary>
/// <remarks>
/// A task that has ended stays so, whatever branch or lambda is entered later: all that is asked for is a look at it, or a wait for it,
/// further up in the same member. Two expressions of the same text are taken for the same task.
/// </remarks>
internal static class CompletedTask
{
    // Each value may come from other locals, each of which has as many.
    private const int MostValues = 4;

    /// <param name="blocking">The wait.</param>
    /// <param name="signs">What the members around such waits say of tasks: filled as they are met.</param>
    public static bool IsWaitedForBy(IOperation blocking, Dictionary<IOperation, TaskSigns> signs)
    {
        if (TaskBlocking.TaskOf(blocking) is not { } task)
            return false;
        if (IsMadeCompleted(task) || IsGivenToContinuation(task, blocking) || CollectionsOf(task, blocking).Any(IsOfEndedOnly))
            return true;

        IOperation body = blocking;
        for (IOperation? around = blocking.Parent; around is not null; body = around, around = around.Parent)
        {
            if (IsReachedOnlyWhenEnded(around, body, task))
                return true;
        }

        IOperation[] names = [task, .. CollectionsOf(task, blocking)];
        if (!signs.TryGetValue(body, out TaskSigns? found))
            signs.Add(body, found = new TaskSigns(body));
        return names.SelectMany(found.Of).Any(earlier => earlier.Syntax.SpanStart < blocking.Syntax.SpanStart
            && earlier.Syntax.Span.End <= blocking.Syntax.SpanStart
            && (names.Any(name => WaitsFor(earlier, name)) || LooksAt(earlier, task) && !IsPartOfConditionAround(earlier, blocking)));
    }

    private static bool IsMadeCompleted(IOperation task) => task switch
    {
        IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled" } method } =>
            TaskBlocking.IsTask(method.ContainingType),
        IPropertyReferenceOperation { Property: { Name: "CompletedTask" } property } => TaskBlocking.IsTask(property.ContainingType),
        IObjectCreationOperation { Type.Name: "ValueTask", Arguments: [{ Value.Type: var given }] } =>
            !TaskBlocking.IsTask(given as INamedTypeSymbol),
        IDefaultValueOperation => true,
        _ => false,
    };

    /// <summary>A parameter whose result is read is mostly the antecedent of a continuation; who calls Wait on it does not think so.</summary>
    private static bool IsGivenToContinuation(IOperation task, IOperation blocking) =>
        task is IParameterReferenceOperation && blocking is not IInvocationOperation { TargetMethod.Name: "Wait" };

    private static bool IsReachedOnlyWhenEnded(IOperation around, IOperation part, IOperation task) => around switch
    {
        IConditionalOperation conditional when conditional.WhenTrue == part => SaysEnded(conditional.Condition, task, value: true),
        IConditionalOperation conditional when conditional.WhenFalse == part => SaysEnded(conditional.Condition, task, value: false),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when both.RightOperand == part =>
            SaysEnded(both.LeftOperand, task, value: true),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when either.RightOperand == part =>
            SaysEnded(either.LeftOperand, task, value: false),
        ISwitchOperation statement => statement.Value != part && LooksAt(statement.Value, task),
        ISwitchExpressionOperation expression => expression.Value != part && LooksAt(expression.Value, task),
        _ => false,
    };

    /// <summary>Whether the task has ended where the condition has this value.</summary>
    private static bool SaysEnded(IOperation condition, IOperation task, bool value)
    {
        switch (OperationEquality.WithoutConversions(condition))
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return SaysEnded(negation.Operand, task, !value);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both:
                return value && (SaysEnded(both.LeftOperand, task, true) || SaysEnded(both.RightOperand, task, true));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return !value && (SaysEnded(either.LeftOperand, task, false) || SaysEnded(either.RightOperand, task, false));
            case IPropertyReferenceOperation or IInvocationOperation when LooksAt(OperationEquality.WithoutConversions(condition)!, task):
                return value;
            case IPropertyReferenceOperation { Property: var property } when property.IsInSource():
                return value && ReadsState(property);
            case IInvocationOperation { TargetMethod: { Name: "Wait" or "WaitAll" } method } when TaskBlocking.IsTask(method.ContainingType):
                return value;
            case IInvocationOperation { TargetMethod: var method } when method.IsInSource():
                return value && ReadsState(method);
            case IBinaryOperation or IIsPatternOperation:
                return condition.Descendants().Any(part => LooksAt(part, task) || SameText(part, task) && IsUnderStatePattern(part));
            default:
                return false;
        }
    }

    /// <summary>A question of the user's own, <c>HasValue</c>, that asks for the state of a task.</summary>
    private static bool ReadsState(ISymbol question) => question.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax().DescendantTokens().Any(token => IsState(token.ValueText)));

    private static bool IsUnderStatePattern(IOperation matched) => matched.Parent is IIsPatternOperation { Pattern: var pattern }
        && pattern.Syntax.DescendantTokens().Any(token => IsState(token.ValueText));

    /// <summary>A property of the task, or a method of somebody's own that is named like one.</summary>
    private static bool LooksAt(IOperation operation, IOperation task) => operation switch
    {
        IPropertyReferenceOperation property => IsState(property.Property.Name) && SameText(property.Instance, task),
        IInvocationOperation { Arguments: [{ Value: var subject }] } call => IsState(call.TargetMethod.Name) && SameText(subject, task),
        _ => false,
    };

    public static bool IsState(string name) =>
        name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" or "Status" or "Exception";

    /// <summary>A member of whoever ends a task: <c>SetResult</c>, <c>TrySetException</c>.</summary>
    public static bool Ends(string name) => name.StartsWith("Set", StringComparison.Ordinal) || name.StartsWith("TrySet", StringComparison.Ordinal);

    /// <summary>An await, a wait, a <c>WhenAll</c> with it, or whoever ends it: <c>source.SetResult()</c>.</summary>
    private static bool WaitsFor(IOperation operation, IOperation task) => operation switch
    {
        IAwaitOperation wait => SameText(OutOfCalls(wait.Operation), task),
        IInvocationOperation { TargetMethod.Name: "WhenAll" or "WhenAny" or "WaitAll" or "WaitAny" } call =>
            call.Descendants().Any(part => SameText(part, task)),
        IInvocationOperation { TargetMethod.Name: var name, Instance: { } source }
            when Ends(name) =>
            task is IPropertyReferenceOperation { Property.Name: "Task", Instance: { } owner } && SameText(source, owner),
        IVariableDeclaratorOperation declarator => task is ILocalReferenceOperation { Local: var local }
            && SymbolEqualityComparer.Default.Equals(local, declarator.Symbol)
            && declarator.GetVariableInitializer()?.Value is IAwaitOperation,
        _ => TaskBlocking.NameOf(operation) is not null && TaskBlocking.TaskOf(operation) is { } waited && SameText(waited, task),
    };

    public static IOperation OutOfCalls(IOperation awaited)
    {
        while (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync" or "AsTask", Instance: { } task })
            awaited = task;
        return awaited;
    }

    /// <summary>What an element was taken from: waiting for all of a collection is waiting for each of them.</summary>
    private static IEnumerable<IOperation> CollectionsOf(IOperation task, IOperation blocking)
    {
        switch (task)
        {
            case IArrayElementReferenceOperation element:
                yield return element.ArrayReference;
                break;
            case IPropertyReferenceOperation { Arguments.IsEmpty: false, Instance: { } list }:
                yield return list;
                break;
            case ILocalReferenceOperation { Local: var local }:
                for (IOperation? around = blocking.Parent; around is not null; around = around.Parent)
                {
                    if (around is IForEachLoopOperation loop && loop.Locals.Contains(local, SymbolEqualityComparer.Default))
                        yield return OperationEquality.WithoutConversions(loop.Collection)!;
                }

                break;
        }
    }

    /// <summary><c>tasks.Where(task => task.IsCompleted)</c>, by itself, copied, or in a local that is given nothing else.</summary>
    private static bool IsOfEndedOnly(IOperation collection)
    {
        switch (OperationEquality.WithoutConversions(collection))
        {
            case ILocalReferenceOperation { Local: var local } reference:
                IOperation[] values = LoadedLocal.ValuesOf(local, reference).ToArray();
                return values.Length is > 0 and <= MostValues && values.All(value => value is not ILocalReferenceOperation && IsOfEndedOnly(value));
            case IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type } method, Arguments: [var source, ..] arguments }
                when type.ContainingNamespace.IsBelowSystem():
                return method.Name == "Where" && arguments is [_, var condition] && AsksWhetherEnded(condition.Value)
                    || KeepsElements(method.Name) && IsOfEndedOnly(source.Value);
            default:
                return false;
        }
    }

    private static bool KeepsElements(string method) =>
        method is "Where" or "ToList" or "ToArray" or "ToHashSet" or "AsEnumerable" or "Distinct" or "Reverse" or "Skip" or "Take" or "OrderBy" or "OrderByDescending";

    private static bool AsksWhetherEnded(IOperation condition) =>
        condition is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var task], Body.Operations: [IReturnOperation { ReturnedValue: { } answer }] } }
        && answer.DescendantsAndSelf().OfType<IParameterReferenceOperation>().FirstOrDefault(mention => SymbolEqualityComparer.Default.Equals(mention.Parameter, task)) is { } subject
        && SaysEnded(answer, subject, value: true);

    /// <summary>A look in a condition around the wait has been judged by its outcome: <c>if (!task.IsCompleted) task.Wait();</c>.</summary>
    private static bool IsPartOfConditionAround(IOperation look, IOperation blocking)
    {
        for (IOperation? around = look.Parent; around is not null; around = around.Parent)
        {
            if (around is IConditionalOperation conditional && conditional.Condition.Syntax.Span.Contains(look.Syntax.Span)
                && conditional.Syntax.Span.Contains(blocking.Syntax.Span))
                return true;
            if (around is IBinaryOperation && around.Syntax.Span.Contains(blocking.Syntax.Span))
                return true;
        }

        return false;
    }

    private static bool SameText(IOperation? left, IOperation right)
    {
        left = TaskBlocking.BehindConditionalAccess(OperationEquality.WithoutConversions(left));
        return left is not null && SyntaxFactory.AreEquivalent(left.Syntax, right.Syntax);
    }
}
