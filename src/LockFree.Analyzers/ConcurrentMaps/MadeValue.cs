using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>
/// A value made because the key was not there. Two threads may each make one: does it matter that one of the two is lost?
/// </summary>
internal sealed class MadeValue
{
    private static readonly string[] MakingWords = ["Create", "Open", "New", "Start", "Connect", "Build", "Make"];

    private MadeValue(ISymbol? variable, IOperation? expression)
    {
        Variable = variable;
        Expression = expression;
    }

    /// <summary>The local or parameter that holds the value as well as the map does.</summary>
    public ISymbol? Variable { get; }

    /// <summary>The expression that makes the value, where it is known.</summary>
    public IOperation? Expression { get; }

    /// <summary>Made here, and to be disposed by somebody.</summary>
    public bool IsOwned => MustBeDisposed(Expression);

    /// <summary>
    /// A parameter, or a variable or member that got its value before the check: nothing is made because the key was not there.
    /// </summary>
    public bool IsGiven { get; private init; }

    /// <summary>The value that <paramref name="act"/> stores, made after <paramref name="check"/>.</summary>
    public static MadeValue Of(FunctionBody function, MapOperation check, MapOperation act)
    {
        IOperation? value = OperationEquality.WithoutConversions(act.Value);

        bool isVariable = false;

        // variable = map[key] = value, and map[key] = variable = value
        ISymbol? variable = act.Kind == MapOperationKind.Set && act.Operation.Parent!.Parent is ISimpleAssignmentOperation outer
            ? StableExpression.SymbolOf(outer.Target) : null;
        if (value is ISimpleAssignmentOperation inner)
        {
            variable = StableExpression.SymbolOf(inner.Target);
            value = OperationEquality.WithoutConversions(inner.Value);
        }
        else if (value is ILocalReferenceOperation or IParameterReferenceOperation)
        {
            isVariable = true;
            variable = StableExpression.SymbolOf(value);
            value = OperationEquality.WithoutConversions(function.Assignments(variable!, check.Operation.Syntax.Span.End, act.Position).LastOrDefault());
        }

        bool isGiven = value is null ? variable is not null : !isVariable && value is IFieldReferenceOperation or IPropertyReferenceOperation;
        return new MadeValue(variable is ILocalSymbol or IParameterSymbol ? variable : null, value) { IsGiven = isGiven };
    }

    private static bool MustBeDisposed(IOperation? made)
    {
        if (OperationEquality.WithoutConversions(made) is IConditionalOperation { WhenFalse: { } otherwise } choice)
            return MustBeDisposed(choice.WhenTrue) || MustBeDisposed(otherwise);
        made = OperationEquality.WithoutConversions(made);
        bool isMade = made is IObjectCreationOperation
            || made is IInvocationOperation call && MakingWords.Any(word => call.TargetMethod.Name.StartsWith(word, StringComparison.Ordinal));
        return isMade && made!.Type is { } type
            && type.Name is not ("Task" or "ValueTask" or "MemoryStream" or "StringReader" or "StringWriter" or "DataTable")
            && type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_IDisposable || contract is { Name: "IAsyncDisposable" });
    }

    /// <summary>
    /// What first changes the value once it is stored, where it is changed only by who has made it, and not by who finds it: it is stored
    /// before it is filled. Null where it is not, or is locked, as a place that several put things into.
    /// </summary>
    public IOperation? FilledBy(FunctionBody function, MapOperation check, MapOperation act)
    {
        if (Variable is null || IsImmutable || IsOwned || IsIdentity(Expression?.Type))
            return null;
        IEnumerable<IOperation> changes = function.Mutations(Variable, position => IsBesideMaking(position, check, act));
        if (check.Received is { } found && !SymbolEqualityComparer.Default.Equals(found, Variable))
            changes = changes.Concat(function.Mutations(found, position => position > check.Position));
        return changes.All(change => change is not ILockOperation && CheckOutcome.Of(check.Operation, change) is { State: KeyState.Absent })
            ? changes.FirstOrDefault(change => change.Syntax.SpanStart > act.End) : null;
    }

    /// <summary>Why it matters which of two such values is kept; null where one is as good as the other, as far as can be seen.</summary>
    public string? ReasonNotToLose(FunctionBody function, MapOperation check, MapOperation act)
    {
        ITypeSymbol? type = Expression?.Type;
        if (IsOwned)
            return "is never disposed";
        if (IsIdentity(type))
            return "has users of its own";
        if (IsEmptyContainer(type) && !IsFilledFirst(function, act) || IsMutated(function, check, act))
            return "takes with it what is put into it";
        return null;
    }

    /// <summary>An object made to be locked or waited for: two of them keep nobody apart.</summary>
    private bool IsIdentity(ITypeSymbol? type) => Expression is IObjectCreationOperation
        && (type!.SpecialType == SpecialType.System_Object || type.Name is "Lock" or "TaskCompletionSource" && type.ContainingNamespace.IsBelowSystem());

    /// <summary>A collection that is made empty is made to be filled.</summary>
    private bool IsEmptyContainer(ITypeSymbol? type) => Expression is IObjectCreationOperation { Initializer: null } creation
        && type!.ContainingNamespace.IsBelowSystemCollections()
        && !creation.Arguments.Any(argument => argument.Value.Type is { SpecialType: not SpecialType.System_Int32 } given
            && given.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable));

    /// <summary>Filled before it is stored: a result that is kept, not a place to put things.</summary>
    private bool IsFilledFirst(FunctionBody function, MapOperation act) => Variable is not null
        && function.IsMutated(Variable, position => position > Expression!.Syntax.SpanStart && position < act.Position);

    private bool IsMutated(FunctionBody function, MapOperation check, MapOperation act)
    {
        if (IsImmutable)
            return false;

        return Variable is not null && function.IsMutated(Variable, position => IsBesideMaking(position, check, act))
            || check.Received is { } found && !SymbolEqualityComparer.Default.Equals(found, Variable)
                && function.IsMutated(found, position => position > check.Position);
    }

    private bool IsImmutable => Expression?.Type is { } type
        && (type.TypeKind == TypeKind.Delegate || type.IsValueType || type.SpecialType == SpecialType.System_String);

    /// <summary>What happens between making and storing belongs to the making.</summary>
    private bool IsBesideMaking(int position, MapOperation check, MapOperation act) =>
        position > act.End || position > check.Position && position < MadeAt(check);

    private int MadeAt(MapOperation check) => Expression?.Syntax.SpanStart ?? check.Position;
}
