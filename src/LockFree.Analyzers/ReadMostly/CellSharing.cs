using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>Tells whether anybody else can know a cell yet.</summary>
internal static class CellSharing
{
    /// <summary>True for a cell in a constructor, or one that was made in the same body.</summary>
    public static bool IsOnlyOurs(IOperation cell, IOperation use, ISymbol owner)
    {
        for (IOperation? around = use.Parent; around is not null; around = around.Parent)
        {
            if (around is ILocalFunctionOperation || around is IAnonymousFunctionOperation lambda && !RunsAtOnce(lambda))
                return false;
        }

        return owner is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
            || OperationEquality.WithoutConversions(cell) is ILocalReferenceOperation { Local: var local }
                && LoadedLocal.IsLoadedBy(local, use, value => value is IObjectCreationOperation);
    }

    /// <summary>An updater runs before its call returns.</summary>
    private static bool RunsAtOnce(IAnonymousFunctionOperation lambda) =>
        lambda.Parent?.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Update" or "TryUpdate" } };
}
