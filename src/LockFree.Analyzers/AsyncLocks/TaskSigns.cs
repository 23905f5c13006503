using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.AsyncLocks;

/// <summary>
/// The operations of one member that wait for a task or look at it, by the text of what they speak of: found once, as every wait in the member asks.
/// Which of them say that the task has ended is for <see cref="CompletedTask"/> to tell.
/// </summary>
internal sealed class TaskSigns
{
    private readonly ILookup<string, IOperation> _byText;

    /// <param name="body">The outermost operation of the member.</param>
    public TaskSigns(IOperation body)
    {
        _byText = body.DescendantsAndSelf().SelectMany(operation => TextsOf(operation).Select(text => (Text: text, Operation: operation)))
            .ToLookup(sign => sign.Text, sign => sign.Operation, StringComparer.Ordinal);
    }

    /// <summary>What may tell something of an expression, or of the object whose <c>Task</c> it is.</summary>
    public IEnumerable<IOperation> Of(IOperation task)
    {
        IEnumerable<IOperation> signs = _byText[TextOf(task)];
        return task is IPropertyReferenceOperation { Property.Name: "Task", Instance: { } owner } ? signs.Concat(_byText[TextOf(owner)]) : signs;
    }

    private static IEnumerable<string> TextsOf(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer()?.Value is IAwaitOperation:
                return [declarator.Symbol.Name];
            case IInvocationOperation { TargetMethod.Name: "WhenAll" or "WhenAny" or "WaitAll" or "WaitAny" } call:
                return call.Descendants().Select(TextOf).Distinct();
        }

        IOperation?[] subjects =
        [
            operation is IAwaitOperation wait ? CompletedTask.OutOfCalls(wait.Operation) : null,
            operation is IPropertyReferenceOperation property && CompletedTask.IsState(property.Property.Name) ? property.Instance : null,
            operation is IInvocationOperation { Arguments: [{ Value: var subject }] } look && CompletedTask.IsState(look.TargetMethod.Name) ? subject : null,
            operation is IInvocationOperation { Instance: { } source } end && CompletedTask.Ends(end.TargetMethod.Name) ? source : null,
            TaskBlocking.NameOf(operation) is not null ? TaskBlocking.TaskOf(operation) : null,
        ];
        return subjects.OfType<IOperation>().Select(TextOf);
    }

    /// <summary>The same for expressions that are equivalent as syntax: neither spaces nor comments count.</summary>
    private static string TextOf(IOperation operation)
    {
        IOperation named = TaskBlocking.BehindConditionalAccess(OperationEquality.WithoutConversions(operation)) ?? operation;
        return string.Join(" ", named.Syntax.DescendantTokens().Select(token => token.IsKind(SyntaxKind.IdentifierToken) ? token.ValueText : token.Text));
    }
}
