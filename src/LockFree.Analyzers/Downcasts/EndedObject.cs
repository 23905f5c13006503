using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>Tells an object that whoever got it also ends: it is one of its own, made for whoever asked, and nobody shares it.</summary>
internal static class EndedObject
{
    private static readonly string[] EndingWords = ["Dispose", "Shutdown", "ShutDown", "Close", "Terminate", "Destroy"];

    /// <summary>
    /// What was got is kept in a local that the body ends by a call or a <c>using</c>; a member that ends the life of its own object may well end what
    /// all share.
    /// </summary>
    public static bool IsIn(DowncastSite site)
    {
        if (Teardown.Is(site.Member))
            return false;

        IOperation outer = site.Cast;
        while (outer.Parent is IConversionOperation)
            outer = outer.Parent;
        ILocalSymbol? local = outer.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            _ => null,
        };
        return local is not null && LoadedLocal.BodyAround(outer).Descendants().Any(operation => Ends(operation, local));
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
