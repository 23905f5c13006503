using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2003: one unit of work loads the same cell twice, and mixes parts of what may be two snapshots.</summary>
internal static class TornSnapshot
{
    public const string Id = "LF2003";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A cell is loaded twice where one snapshot is meant",
        "'{0}' is loaded again after it was loaded in line {1}: another thread may have stored in between, and parts of two values are mixed; load once and keep it in a local",
        RuleCategory.ReadMostly,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "What a cell holds is consistent in itself, but two loads may return two versions of it. Load once per unit of work.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Findings(IOperation body, CellTypes cells)
    {
        foreach (ImmutableArray<IInvocationOperation> loads in GroupsIn(body, cells))
        {
            int line = loads[0].Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            yield return Diagnostic.Create(
                Rule, loads[1].Syntax.GetLocation(), loads.Where(load => load != loads[1]).Select(load => load.Syntax.GetLocation()),
                loads[1].Instance!.Syntax.ToString(), line);
        }
    }

    /// <summary>
    /// Loads of one cell in one function, two or more, that one run passes with nothing between them which makes a fresh load likely to be meant.
    /// </summary>
    public static IEnumerable<ImmutableArray<IInvocationOperation>> GroupsIn(IOperation body, CellTypes cells)
    {
        List<IInvocationOperation> loads = body.Descendants().OfType<IInvocationOperation>()
            .Where(call => cells.LoadedBy(call) is not null && IsReadInParts(call)).ToList();
        int[]? pauses = null;
        while (loads.Count > 1)
        {
            IInvocationOperation first = loads[0];
            bool? mayHoldLock = null;
            ImmutableArray<IInvocationOperation> group = loads.Where(load => load == first || IsSameUnit(first, load, cells)
                && !(mayHoldLock ??= LoadedLocal.MayHoldLock(first)) && !IsPauseBetween(pauses ??= PausesIn(body, cells), first, load)).ToImmutableArray();
            var grouped = new HashSet<IInvocationOperation>(group);
            loads.RemoveAll(grouped.Contains);
            if (group.Length > 1)
                yield return group;
        }
    }

    /// <summary>A member of the value is read, here or through the local that keeps it; a value that is passed on whole is another matter.</summary>
    private static bool IsReadInParts(IInvocationOperation load)
    {
        IOperation value = load;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IMemberReferenceOperation or IConditionalAccessOperation => true,
            IInvocationOperation call => call.Instance == value,
            IArrayElementReferenceOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => IsNeverComparedOrReassigned(local, load),
            _ => false,
        };
    }

    /// <summary>A local that is compared with a later load, or given another, belongs to code that knows about versions.</summary>
    private static bool IsNeverComparedOrReassigned(ILocalSymbol local, IOperation load) => LoadedLocal.BodyAround(load).Descendants()
        .OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local))
        .All(use => use.Parent is IMemberReferenceOperation or IConditionalAccessOperation || use.Parent is IInvocationOperation call && call.Instance == use);

    private static bool IsSameUnit(IInvocationOperation first, IInvocationOperation second, CellTypes cells) =>
        OperationEquality.SameValue(cells.LoadedBy(first), cells.LoadedBy(second))
        && FunctionAround(first) == FunctionAround(second) && LoopAround(first) == LoopAround(second)
        && !IsInLoopHeader(first) && !ExclusivePaths.Exclude(first, second);

    /// <summary>Where, in the order of the source, something ends that makes a fresh load likely to be meant.</summary>
    private static int[] PausesIn(IOperation body, CellTypes cells) => LoadedLocal.BodyAround(body).Descendants()
        .Where(operation => MayMeanFreshLoad(operation, cells)).Select(operation => operation.Syntax.Span.End).OrderBy(end => end).ToArray();

    /// <summary>Whether one of them has ended after the first ended and before the second begins; a call around both runs after both.</summary>
    private static bool IsPauseBetween(int[] pauses, IOperation first, IOperation second)
    {
        int next = Array.BinarySearch(pauses, first.Syntax.Span.End + 1);
        if (next < 0)
            next = ~next;
        return next < pauses.Length && pauses[next] <= second.Syntax.SpanStart;
    }

    /// <summary>An await, a wait, a call of code of the user's own that may store: then time has passed, or the cell has changed on purpose.</summary>
    private static bool MayMeanFreshLoad(IOperation operation, CellTypes cells) => operation switch
    {
        IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or ILabeledOperation => true,
        IReturnOperation statement => statement.Kind == OperationKind.YieldReturn,
        IInvocationOperation { TargetMethod: var method } => cells.IsCell(method.ContainingType) ? method.Name != "Load"
            : method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction || method.IsInSource() && !OnlyReads(method)
                || method.ContainingNamespace.IsBelowSystemThreading() && method.ContainingType.Name is not ("Interlocked" or "Volatile"),
        _ => false,
    };

    /// <summary>A method of a record or struct that only holds values.</summary>
    private static bool OnlyReads(IMethodSymbol method) => method.ContainingType is { IsRecord: true } or { IsReadOnly: true };

    private static IOperation? FunctionAround(IOperation operation) =>
        Around(operation).FirstOrDefault(around => around is IAnonymousFunctionOperation or ILocalFunctionOperation);

    /// <summary>The loop whose every pass loads anew.</summary>
    private static IOperation? LoopAround(IOperation operation) => Around(operation).FirstOrDefault(around => around is ILoopOperation);

    private static bool IsInLoopHeader(IOperation operation)
    {
        IOperation child = operation;
        foreach (IOperation around in Around(operation))
        {
            if (around is ILoopOperation loop)
                return loop.Body != child;
            child = around;
        }

        return false;
    }

    private static IEnumerable<IOperation> Around(IOperation operation)
    {
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
            yield return around;
    }
}
