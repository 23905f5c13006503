using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>LF1003: a member of <c>ConcurrentDictionary</c> that takes every lock, where one that takes none serves.</summary>
internal static class CostlyMapRead
{
    public const string Id = "LF1003";

    /// <summary>The key of <see cref="Diagnostic.Properties"/> that names the <see cref="CheaperRead"/>.</summary>
    public const string ReplacementProperty = "Replacement";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A member of ConcurrentDictionary takes every lock where one that takes none serves",
        "'{0}' {1}; {2}",
        RuleCategory.HotCollections,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Count, Keys, Values and ToArray of a ConcurrentDictionary stop every writer while they run, and the latter three "
            + "copy the whole dictionary. IsEmpty, ContainsKey and enumeration do not.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The finding at an operation; null where there is none.</summary>
    public static Diagnostic? Judge(IOperation operation) => Find(operation) is { } read ? Report(read) : null;

    /// <summary>The costly read an operation is; null for all others.</summary>
    public static CostlyRead? Find(IOperation operation) => operation switch
    {
        IBinaryOperation test => OfComparison(test),
        IInvocationOperation call => OfCall(call),
        IPropertyReferenceOperation { Property.Name: "Count" } count when CopyOf(count.Instance) is { } copy && !IsCompared(count) =>
            new CostlyRead(count, copy.Map, CheaperRead.Count),
        IForEachLoopOperation loop => OfLoop(loop),
        _ => null,
    };

    /// <summary>The dictionary whose keys, values or entries an expression copies, and which of them.</summary>
    public static (IOperation Map, string Member)? CopyOf(IOperation? expression) => OperationEquality.WithoutConversions(expression) switch
    {
        IPropertyReferenceOperation { Property.Name: "Keys" or "Values", Instance: { } map } copy when IsDictionary(map) => (map, copy.Property.Name),
        IInvocationOperation { TargetMethod: { Name: "ToArray", Parameters.IsEmpty: true }, Instance: { } map } when IsDictionary(map) => (map, "ToArray"),
        _ => null,
    };

    private static bool IsDictionary(IOperation map) => MapTypes.Of(map.Type) == MapType.ConcurrentDictionary;

    /// <summary><c>Count</c> itself only in a loop: elsewhere CA1836 says it.</summary>
    private static CostlyRead? OfComparison(IBinaryOperation test)
    {
        if (EmptinessTest(test) is not var (count, isEmpty))
            return null;
        IOperation? map = CopyOf(count.Instance)?.Map
            ?? (count.Instance is { } counted && IsDictionary(counted) && IsInLoop(test) ? counted : null);
        return map is null ? null : new CostlyRead(test, map, isEmpty ? CheaperRead.IsEmpty : CheaperRead.IsNotEmpty);
    }

    /// <summary>A comparison of a <c>Count</c> that only asks whether there is anything.</summary>
    private static (IPropertyReferenceOperation Count, bool IsEmpty)? EmptinessTest(IBinaryOperation test)
    {
        BinaryOperatorKind kind = test.OperatorKind;
        IOperation count = test.LeftOperand;
        IOperation limit = test.RightOperand;
        if (count.ConstantValue.HasValue)
        {
            (count, limit) = (limit, count);
            kind = kind switch
            {
                BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
                BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
                BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
                BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
                _ => kind,
            };
        }

        if (count is not IPropertyReferenceOperation { Property.Name: "Count" } property || limit.ConstantValue is not { HasValue: true, Value: int bound })
            return null;
        return (kind, bound) switch
        {
            (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1) => (property, true),
            (BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) => (property, false),
            _ => null,
        };
    }

    private static bool IsCompared(IOperation count) => count.Parent is IBinaryOperation test && EmptinessTest(test) is not null;

    private static CostlyRead? OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method is { Name: "Contains", Parameters.Length: 1 } && CopyOf(call.Instance) is ({ } asked, "Keys"))
            return new CostlyRead(call, asked, CheaperRead.ContainsKey);

        if (method is not { Name: "Any" or "Count", IsExtensionMethod: true, ContainingType.Name: "Enumerable" } || call.Arguments.Length != 1)
            return null;
        IOperation? source = OperationEquality.WithoutConversions(call.Arguments[0].Value);
        if (CopyOf(source) is { } copy)
            return new CostlyRead(call, copy.Map, method.Name == "Count" ? CheaperRead.Count : CheaperRead.IsNotEmpty);
        return method.Name == "Any" && source is not null && IsDictionary(source) && IsInLoop(call)
            ? new CostlyRead(call, source, CheaperRead.IsNotEmpty) : null;
    }

    private static CostlyRead? OfLoop(IForEachLoopOperation loop)
    {
        if (loop.IsAsynchronous || CopyOf(loop.Collection) is not var (map, member) || !LoopBody.NeedsNoCopy(loop, map, member)
            || IsClearedBehind(loop, map))
            return null;
        return new CostlyRead(OperationEquality.WithoutConversions(loop.Collection)!, map, CheaperRead.Enumeration);
    }

    /// <summary>Everything is taken leave of: that does not happen often, and the copy is of the moment it happens.</summary>
    private static bool IsClearedBehind(IForEachLoopOperation loop, IOperation map) => loop.Parent is IBlockOperation block
        && block.Operations.Any(statement => statement.Syntax.SpanStart > loop.Syntax.Span.End
            && statement is IExpressionStatementOperation { Operation: IInvocationOperation call }
            && MapOperation.Of(call) is { Kind: MapOperationKind.Clear } clear && OperationEquality.SameValue(clear.Map, map));

    private static bool IsInLoop(IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } parent; child = parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            if (parent is ILoopOperation && (parent as IForEachLoopOperation)?.Collection != child)
                return true;
        }

        return false;
    }

    private static Diagnostic Report(CostlyRead read)
    {
        SyntaxNode map = read.Map.Syntax;
        bool isCopy = read.Cheaper == CheaperRead.Count || read.Operation.DescendantsAndSelf().Any(part => CopyOf(part) is not null);
        return Diagnostic.Create(
            Rule,
            read.Operation.Syntax.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(ReplacementProperty, read.Cheaper.ToString()),
            read.Operation.Syntax.ToString(),
            isCopy ? "copies the dictionary under every one of its locks" : "takes every lock of the dictionary",
            read.Cheaper switch
            {
                CheaperRead.IsEmpty => $"'{map}.IsEmpty' stops at the first entry",
                CheaperRead.IsNotEmpty => $"'!{map}.IsEmpty' stops at the first entry",
                CheaperRead.ContainsKey => $"'{map}.ContainsKey' takes none",
                CheaperRead.Count => $"'{map}.Count' copies nothing",
                _ => $"enumerating '{map}' itself takes none",
            });
    }
}
