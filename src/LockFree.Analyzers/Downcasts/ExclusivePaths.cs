using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>Can one run of a body pass two operations, or only one of them?</summary>
internal static class ExclusivePaths
{
    /// <summary>True when no run passes both: different arms of one branch, or the first in an arm that leaves before the second.</summary>
    public static bool Exclude(IOperation first, IOperation second)
    {
        var above = new HashSet<IOperation>(Ancestors(first));
        IOperation fromSecond = second;
        foreach (IOperation ancestor in Ancestors(second))
        {
            if (above.Contains(ancestor))
                return ExcludeAt(ancestor, ChildTowards(ancestor, first), fromSecond, first);

            fromSecond = ancestor;
        }

        return false;
    }

    private static bool ExcludeAt(IOperation common, IOperation towardsFirst, IOperation towardsSecond, IOperation first)
    {
        switch (common)
        {
            case IConditionalOperation conditional:
                return towardsFirst != conditional.Condition && towardsSecond != conditional.Condition;

            case ISwitchOperation choice:
                return towardsFirst != choice.Value && towardsSecond != choice.Value;

            case ISwitchExpressionOperation choice:
                return towardsFirst != choice.Value && towardsSecond != choice.Value;

            case IBlockOperation:
                return LeavesEarly(towardsFirst, first);

            default:
                return false;
        }
    }

    /// <summary><c>if (test) { first; return; } … second</c></summary>
    private static bool LeavesEarly(IOperation statement, IOperation first)
    {
        for (IOperation child = first; child != statement; child = child.Parent!)
        {
            if (child.Parent is IConditionalOperation conditional && child != conditional.Condition && Leaves(child))
                return true;
        }

        return false;
    }

    /// <summary>The last statement leaves the block, whatever came before.</summary>
    public static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    private static IOperation ChildTowards(IOperation ancestor, IOperation descendant)
    {
        IOperation child = descendant;
        while (child.Parent != ancestor)
            child = child.Parent!;

        return child;
    }

    private static IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is not null; parent = parent.Parent)
            yield return parent;
    }
}
