using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>An object that a cell hands out to everybody, or a part of one.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="IsWhole">The very value of the cell, not something reached from it.</param>
internal sealed record Snapshot(IOperation Cell, bool IsWhole);

/// <summary>Follows expressions back to the cell their value came from.</summary>
internal sealed class SnapshotParts(CellTypes cells)
{
    /// <summary>How many members and locals are followed.</summary>
    private const int MostSteps = 8;

    /// <summary>Null where the value is a copy, comes from elsewhere, or may.</summary>
    public Snapshot? Of(IOperation? expression) => Of(expression, MostSteps);

    private Snapshot? Of(IOperation? expression, int steps)
    {
        IOperation? value = TaskBlocking.BehindConditionalAccess(OperationEquality.WithoutConversions(expression));
        if (value is null || steps == 0)
            return null;
        switch (value)
        {
            case IInvocationOperation call:
                return CellHandingOut(call) is { } cell ? new Snapshot(cell, IsWhole: true) : null;
            case IAwaitOperation wait:
                return Of(wait.Operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? task : wait.Operation, steps - 1);
            case IConditionalAccessOperation access:
                return Of(access.WhenNotNull, steps - 1);
            case IFieldReferenceOperation field:
                return PartOf(field.Instance, steps);
            case IPropertyReferenceOperation property when !property.Property.IsInSource() || ObjectPaths.IsAutoProperty(property.Property):
                return PartOf(property.Instance, steps);
            case IArrayElementReferenceOperation element:
                return PartOf(element.ArrayReference, steps);
            case ILocalReferenceOperation { Local: { Type.IsValueType: false } local }:
                return OfLocal(local, value, steps);
            case IParameterReferenceOperation { Parameter: { Ordinal: 0 } parameter }:
                return OfParameter(parameter, value);
            default:
                return null;
        }
    }

    private Snapshot? PartOf(IOperation? owner, int steps) => Of(owner, steps - 1) is { } whole ? whole with { IsWhole = false } : null;

    /// <summary>The cell whose value a call returns, at once or through a task.</summary>
    private IOperation? CellHandingOut(IInvocationOperation call)
    {
        if (cells.LoadedBy(call) is { } loaded)
            return loaded;
        bool returnsNewest = cells.IsCall(call, "Update") || cells.IsCall(call, "UpdateOnceAsync")
            || call.TargetMethod.Name == "WaitForChangeAsync" && cells.IsCell(call.TargetMethod.ContainingType);
        return returnsNewest ? OperationEquality.WithoutConversions(call.Instance) : null;
    }

    /// <summary>A local that is only ever given what comes from a cell, or iterates over it.</summary>
    private Snapshot? OfLocal(ILocalSymbol local, IOperation use, int steps)
    {
        Snapshot? snapshot = null;
        foreach (IOperation value in LoadedLocal.ValuesOf(local, use))
        {
            if (Of(value, steps - 1) is not { } given)
                return null;
            snapshot = given;
        }

        for (IOperation? around = use.Parent; around is not null && snapshot is null; around = around.Parent)
        {
            if (around is IForEachLoopOperation loop && loop.Locals.Contains(local, SymbolEqualityComparer.Default))
                return PartOf(loop.Collection, steps);
        }

        return snapshot;
    }

    /// <summary>What a cell gives to the function that updates, projects or watches it.</summary>
    private Snapshot? OfParameter(IParameterSymbol parameter, IOperation use)
    {
        for (IOperation? around = use.Parent; around is not null; around = around.Parent)
        {
            if (around is not IAnonymousFunctionOperation lambda
                || !SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
                continue;
            IOperation? receiver = lambda.Parent;
            while (receiver is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
                receiver = receiver.Parent;
            return receiver is IInvocationOperation { Instance: { } cell, TargetMethod.Name: "Update" or "TryUpdate" or "UpdateOnceAsync" or "OnChange" } call
                && cells.IsCell(call.TargetMethod.ContainingType) ? new Snapshot(cell, IsWhole: true) : null;
        }

        return null;
    }
}
