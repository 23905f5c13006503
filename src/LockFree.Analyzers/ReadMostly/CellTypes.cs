using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>The runtime's cells in one compilation, and the calls of their members.</summary>
internal sealed class CellTypes
{
    private readonly INamedTypeSymbol _swapCell;
    private readonly INamedTypeSymbol? _readOnlyCell;

    private CellTypes(INamedTypeSymbol swapCell, INamedTypeSymbol? readOnlyCell)
    {
        _swapCell = swapCell;
        _readOnlyCell = readOnlyCell;
    }

    /// <summary>Null where the runtime is not referenced.</summary>
    public static CellTypes? In(Compilation compilation) => compilation.GetTypeByMetadataName("LockFree.SwapCell`1") is { } swapCell
        ? new CellTypes(swapCell, compilation.GetTypeByMetadataName("LockFree.IReadOnlyCell`1")) : null;

    public bool IsSwapCell(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, _swapCell);

    public bool IsCell(ITypeSymbol? type) => IsSwapCell(type)
        || _readOnlyCell is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, _readOnlyCell);

    /// <summary>The cell that an expression loads; null for any other expression.</summary>
    public IOperation? LoadedBy(IOperation? expression) =>
        OperationEquality.WithoutConversions(expression) is IInvocationOperation { TargetMethod: { Name: "Load", Parameters.IsEmpty: true } method } load
        && IsCell(method.ContainingType) ? TaskBlocking.BehindConditionalAccess(OperationEquality.WithoutConversions(load.Instance)) : null;

    /// <summary>True for a call of one of <c>SwapCell</c>'s members with this name.</summary>
    public bool IsCall(IInvocationOperation call, string name) =>
        call.TargetMethod.Name == name && IsSwapCell(call.TargetMethod.ContainingType);
}
