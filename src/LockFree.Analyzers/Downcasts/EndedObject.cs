using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>Tells an object that whoever got it also ends: nobody shares it.</summary>
internal static class EndedObject
{
    private static readonly string[] EndingWords = ["Dispose", "Shutdown", "ShutDown", "Close", "Terminate", "Destroy"];

    /// <summary>The value of an expression is kept in a local that the body ends by a call or a <c>using</c>.</summary>
    public static bool Is(IOperation value, IOperation body)
    {
        IOperation outer = value;
        while (outer.Parent is IConversionOperation)
            outer = outer.Parent;
        ILocalSymbol? local = outer.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            _ => null,
        };
        return local is not null && body.Descendants().Any(operation => Ends(operation, local));
    }

    private static bool Ends(IOperation operation, ILocalSymbol local) => operation switch
    {
        IInvocationOperation { Instance: { } instance, TargetMethod.Name: var name } => EndingWords.Any(word => name.StartsWith(word, StringComparison.Ordinal))
            && IsLocal(TaskBlocking.BehindConditionalAccess(OperationEquality.WithoutConversions(instance)), local),
        IUsingOperation statement => IsLocal(statement.Resources, local) || statement.Locals.Contains(local, SymbolEqualityComparer.Default),
        IUsingDeclarationOperation declaration => declaration.DeclarationGroup.Declarations.Any(group =>
            group.Declarators.Any(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))),
        _ => false,
    };

    private static bool IsLocal(IOperation? operation, ILocalSymbol local) =>
        OperationEquality.WithoutConversions(operation) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
}
