using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Asks whether anything in a type takes a lock at all. Words alone cannot tell: most types that speak of waiting or using take none, and walking
/// them would be more than half of the work.
/// </summary>
internal static class AcquisitionSearch
{
    /// <summary>False where <see cref="BodyWalker"/> would open no region in any of the bodies.</summary>
    public static bool FindsAny(IEnumerable<KeyValuePair<ISymbol, ImmutableArray<IOperation>>> bodies, LockCalls lockCalls,
        CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<ISymbol, ImmutableArray<IOperation>> body in bodies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsSynchronized(body.Key as IMethodSymbol) || body.Value.Any(block => FindsAny(block, lockCalls)))
                return true;
        }

        return false;
    }

    private static bool FindsAny(IOperation block, LockCalls lockCalls)
    {
        foreach (IOperation operation in block.DescendantsAndSelf())
        {
            bool takesLock = operation.Kind switch
            {
                OperationKind.Lock => true,
                OperationKind.Invocation => lockCalls.Classify((IInvocationOperation)operation) is not null,
                OperationKind.ObjectCreation => lockCalls.Classify((IObjectCreationOperation)operation) is not null,
                OperationKind.LocalFunction => IsSynchronized(((ILocalFunctionOperation)operation).Symbol),
                _ => false,
            };
            if (takesLock)
                return true;
        }

        return false;
    }

    private static bool IsSynchronized(IMethodSymbol? method) =>
        method is not null && (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0;
}
