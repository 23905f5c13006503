using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <content>Branches, loops, jumps and try.</content>
internal sealed partial class BodyWalker
{
    /// <summary>Ways out that have not reached their target yet. Finally blocks and scopes on the way act on them.</summary>
    private readonly PendingJumps _jumps = new();

    /// <summary>Every release so far, so that a try statement can tell what was released within it.</summary>
    private readonly List<LockRegion> _closed = [];

    private readonly Dictionary<ILabelSymbol, int> _labelDepths = new(SymbolEqualityComparer.Default);

    private void WalkBlock(IBlockOperation block)
    {
        int scopes = _declaredScopes.Count;
        foreach (IOperation statement in block.Operations)
            Walk(statement);
        while (_declaredScopes.Count > scopes)
        {
            (LockRegion region, int jumps) = _declaredScopes.Pop();
            CloseScope(region, jumps);
        }
    }

    private HeldLocks WalkArm(IOperation condition, int number, HeldLocks entry, Action walk)
    {
        BranchArm? outer = _arm;
        var arm = new BranchArm(condition, number, _frame, outer);
        int jumps = _jumps.Count;
        _held = entry;
        _arm = _locals.Arm = arm;
        walk();
        _arm = _locals.Arm = outer;
        if (entry.IsReachable && !_held.IsReachable)
        {
            arm.LeavesLoopDepth = 0;
            for (int i = jumps; i < _jumps.Count; i++)
                arm.LeavesLoopDepth = Math.Max(arm.LeavesLoopDepth, _jumps[i].LeavesLoopDepth);
        }

        return _held;
    }

    private void WalkOptional(IOperation condition, IOperation? part)
    {
        HeldLocks entry = _held;
        _held = HeldLocks.Merge(entry, WalkArm(condition, 0, entry, () => Walk(part)));
    }

    private void WalkConditional(IConditionalOperation conditional)
    {
        (HeldLocks whenTrue, HeldLocks whenFalse) = WalkCondition(conditional.Condition);
        whenTrue = WalkArm(conditional, 0, whenTrue, () => Walk(conditional.WhenTrue));
        if (conditional.WhenFalse is not null)
            whenFalse = WalkArm(conditional, 1, whenFalse, () => Walk(conditional.WhenFalse));
        _held = HeldLocks.Merge(whenTrue, whenFalse);
    }

    /// <summary>Evaluates a condition and tells what is held where it is true and where it is false.</summary>
    private (HeldLocks WhenTrue, HeldLocks WhenFalse) WalkCondition(IOperation condition)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool constant })
            return constant ? (_held, HeldLocks.Unreachable) : (HeldLocks.Unreachable, _held);
        switch (condition)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return WalkCondition(conversion.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } negation:
                return Swap(WalkCondition(negation.Operand));
            case IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
                RightOperand.ConstantValue: { HasValue: true, Value: bool expected },
            } comparison:
                bool isSame = expected == (comparison.OperatorKind == BinaryOperatorKind.Equals);
                return isSame ? WalkCondition(comparison.LeftOperand) : Swap(WalkCondition(comparison.LeftOperand));
            case IIsPatternOperation
            {
                Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } },
            } pattern:
                return expected ? WalkCondition(pattern.Value) : Swap(WalkCondition(pattern.Value));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null } and:
                (HeldLocks leftTrue, HeldLocks leftFalse) = WalkCondition(and.LeftOperand);
                (HeldLocks rightTrue, HeldLocks rightFalse) = WalkRightOperand(and, leftTrue);
                return (rightTrue, HeldLocks.Merge(leftFalse, rightFalse));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, OperatorMethod: null } or:
                (leftTrue, leftFalse) = WalkCondition(or.LeftOperand);
                (rightTrue, rightFalse) = WalkRightOperand(or, leftFalse);
                return (HeldLocks.Merge(leftTrue, rightTrue), rightFalse);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation } assignment:
                Walk(assignment);
                return SplitByFlag(assignment.Target);
            case ILocalReferenceOperation or IParameterReferenceOperation:
                Walk(condition);
                return SplitByFlag(condition);
            default:
                if (WalkAttempt(condition) is { } attempted)
                    return (_held.With(attempted), _held);
                Walk(condition);
                return (_held, _held);
        }
    }

    private (HeldLocks WhenTrue, HeldLocks WhenFalse) WalkRightOperand(IBinaryOperation operation, HeldLocks entry)
    {
        (HeldLocks WhenTrue, HeldLocks WhenFalse) result = default;
        WalkArm(operation, 0, entry, () => result = WalkCondition(operation.RightOperand));
        return result;
    }

    private static (HeldLocks WhenTrue, HeldLocks WhenFalse) Swap((HeldLocks WhenTrue, HeldLocks WhenFalse) state) =>
        (state.WhenFalse, state.WhenTrue);

    private void WalkConditionalAccess(IConditionalAccessOperation access)
    {
        CollectionReference? receiver = _locals.CollectionOf(access.Operation, _frame);
        Walk(access.Operation);
        _locals.EnterConditionalAccess(receiver);
        WalkOptional(access, access.WhenNotNull);
        _locals.LeaveConditionalAccess();
    }

    private void WalkSwitch(ISwitchOperation statement)
    {
        Walk(statement.Value);
        HeldLocks entry = _held;
        HeldLocks merged = statement.Cases.Any(section => section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation))
            ? HeldLocks.Unreachable : entry;
        for (int i = 0; i < statement.Cases.Length; i++)
        {
            ISwitchCaseOperation section = statement.Cases[i];
            HeldLocks sectionEntry = entry;
            foreach (ICaseClauseOperation clause in section.Clauses)
                sectionEntry = clause.Label is null ? sectionEntry : HeldLocks.Merge(sectionEntry, _jumps.Take(clause.Label));
            merged = HeldLocks.Merge(merged, WalkArm(statement, i, sectionEntry, () => WalkSection(section)));
        }

        _held = HeldLocks.Merge(merged, _jumps.Take(statement.ExitLabel));
    }

    private void WalkSection(ISwitchCaseOperation section)
    {
        foreach (ICaseClauseOperation clause in section.Clauses)
            Walk((clause as IPatternCaseClauseOperation)?.Guard);
        foreach (IOperation statement in section.Body)
            Walk(statement);
    }

    private void WalkSwitchExpression(ISwitchExpressionOperation expression)
    {
        Walk(expression.Value);
        HeldLocks entry = _held;
        HeldLocks merged = HeldLocks.Unreachable;
        for (int i = 0; i < expression.Arms.Length; i++)
        {
            ISwitchExpressionArmOperation arm = expression.Arms[i];
            merged = HeldLocks.Merge(merged, WalkArm(expression, i, entry, () =>
            {
                Walk(arm.Guard);
                Walk(arm.Value);
            }));
        }

        _held = merged;
    }

    private void WalkLoop(ILoopOperation loop)
    {
        if (loop is IForLoopOperation { Before: var before })
        {
            foreach (IOperation part in before)
                Walk(part);
        }

        IOperation? condition = loop switch
        {
            IWhileLoopOperation repeat => repeat.Condition,
            IForLoopOperation count => count.Condition,
            _ => null,
        };
        bool isConditionFirst = loop is not IWhileLoopOperation { ConditionIsTop: false };
        WalkIterations(loop, condition, isConditionFirst);
    }

    private void WalkForEach(IForEachLoopOperation loop)
    {
        Walk(loop.Collection);
        if (loop.IsAsynchronous)
            EmitAwait(loop);
        CandidateField? origin = _locals.OriginOf(loop.Collection, _frame) ?? _locals.CollectionOf(loop.Collection, _frame)?.Candidate;
        foreach (ILocalSymbol local in loop.Locals)
        {
            _locals.Forget(local);
            if (origin is not null)
                _locals.SetOrigin(local, origin);
        }

        WalkIterations(loop, condition: null, isConditionFirst: true);
    }

    private void WalkIterations(ILoopOperation loop, IOperation? condition, bool isConditionFirst)
    {
        HeldLocks entry = _held;
        _loopDepth++;
        _labelDepths[loop.ExitLabel] = _loopDepth;
        _labelDepths[loop.ContinueLabel] = _loopDepth;

        // without a condition a foreach may end before each pass; for (;;) never does
        (HeldLocks enters, HeldLocks leaves) = isConditionFirst && condition is not null
            ? WalkCondition(condition)
            : (entry, loop is IForEachLoopOperation or IForToLoopOperation ? entry : HeldLocks.Unreachable);
        HeldLocks end = WalkArm(loop, 0, enters, () => Walk(loop.Body));
        _held = HeldLocks.Merge(end, _jumps.Take(loop.ContinueLabel));
        if (loop is IForLoopOperation { AtLoopBottom: var bottom })
        {
            foreach (IOperation part in bottom)
                Walk(part);
        }

        if (!isConditionFirst && condition is not null)
            (_held, leaves) = WalkCondition(condition);
        CheckInvariant(entry, _held);
        _loopDepth--;
        _held = HeldLocks.Merge(leaves, _jumps.Take(loop.ExitLabel));
    }

    /// <summary>What one pass leaves behind is what the next one starts with: where that differs, the walk knows too little.</summary>
    private static void CheckInvariant(HeldLocks before, HeldLocks after)
    {
        if (!after.IsReachable || before.Regions.SequenceEqual(after.Regions))
            return;
        foreach (LockRegion region in before.Regions.Concat(after.Regions))
        {
            if (before.Regions.Count(other => other == region) != after.Regions.Count(other => other == region))
                region.IsIrregular = true;
        }
    }

    private void WalkLabel(ILabeledOperation label)
    {
        _held = HeldLocks.Merge(_held, _jumps.Take(label.Label));
        if (!_held.IsReachable)
            _held = HeldLocks.None; // only jumps from further down get here
        Walk(label.Operation);
    }

    private void WalkReturn(IReturnOperation statement)
    {
        Walk(statement.ReturnedValue);
        if (statement.Kind == OperationKind.YieldReturn)
        {
            Emit(RegionEventKind.Yield, statement);
            return;
        }

        if (!statement.IsImplicit)
            Emit(RegionEventKind.Return, statement);
        _jumps.Add(new PendingJump(null, _frame, _held, LeavesLoopDepth: 0));
        _held = HeldLocks.Unreachable;
    }

    private void WalkThrow(IThrowOperation statement)
    {
        _throwDepth++;
        Walk(statement.Exception);
        _throwDepth--;
        Emit(RegionEventKind.Throw, statement);
        _held = HeldLocks.Unreachable;
    }

    private void Jump(ILabelSymbol target)
    {
        int depth = _labelDepths.TryGetValue(target, out int known) ? known : BranchArm.FallsThrough;
        _jumps.Add(new PendingJump(target, null, _held, depth));
        _held = HeldLocks.Unreachable;
    }

    private void WalkTry(ITryOperation statement)
    {
        HeldLocks entry = _held;
        int jumps = _jumps.Count;
        int closed = _closed.Count;
        Walk(statement.Body);
        HeldLocks end = _held;

        // an exception may come from anywhere in the body: sure is only what was held before and never released within
        HeldLocks thrown = entry.IsReachable ? entry : HeldLocks.None;
        for (int i = closed; i < _closed.Count; i++)
            thrown = thrown.Without(_closed[i]);
        for (int i = 0; i < statement.Catches.Length; i++)
        {
            ICatchClauseOperation handler = statement.Catches[i];
            end = HeldLocks.Merge(end, WalkArm(statement, i + 1, thrown, () =>
            {
                Walk(handler.Filter);
                Walk(handler.Handler);
            }));
        }

        _held = end;
        if (statement.Finally is not null)
            WalkFinally(statement.Finally, thrown, jumps);
    }

    /// <summary>A finally block runs on the way out too: what it releases, it releases for every pending jump.</summary>
    private void WalkFinally(IBlockOperation block, HeldLocks thrown, int jumps)
    {
        HeldLocks end = _held;
        HeldLocks entry = end;
        for (int i = jumps; i < _jumps.Count && !entry.IsReachable; i++)
            entry = _jumps[i].Held;
        _held = entry.IsReachable ? entry : thrown;

        int closed = _closed.Count;
        Walk(block);
        for (int i = jumps; i < _jumps.Count; i++)
        {
            for (int k = closed; k < _closed.Count; k++)
                _jumps[i] = _jumps[i] with { Held = _jumps[i].Held.Without(_closed[k]) };
        }

        if (!end.IsReachable)
            _held = HeldLocks.Unreachable;
    }
}
