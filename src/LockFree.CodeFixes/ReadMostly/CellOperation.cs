using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>
/// Makes one atomic operation of the statements of a region. A load or store is one already, and left to <see cref="CellTarget.TryPlanMention"/>.
/// </summary>
internal sealed class CellOperation(CellRegion region, CellTarget target, RewritePlan plan)
{
    public bool TryPlan() => region.Shape switch
    {
        CellShape.Load or CellShape.Store => true,
        CellShape.Exchange => TryPlanExchange(),
        CellShape.Gate => TryPlanGate(),
        CellShape.Count => TryPlanCount(),
        _ => false,
    };

    private StatementSyntax Statement(int index) => (StatementSyntax)region.Statements[index].Syntax;

    /// <summary>The old value is asked for where it is taken, and the store goes; a variable that is only returned goes too.</summary>
    private bool TryPlanExchange()
    {
        var store = (AssignmentExpressionSyntax)region.Change!.Syntax;
        ExpressionSyntax exchange = target.Exchange(store.Left, store.Right);
        if (region.Statements.Length == 3 && Statement(2) is ReturnStatementSyntax { Expression: IdentifierNameSyntax name } result
            && Statement(0) is LocalDeclarationStatementSyntax { Declaration: { Type.IsVar: true, Variables: [var only] } }
            && only.Identifier.ValueText == name.Identifier.ValueText)
        {
            ReturnStatementSyntax returned = result.WithExpression(exchange.WithTriviaFrom(name));
            plan.Merge(Statement(0), [Statement(1), Statement(2)], At(returned, Statement(0)));
            return true;
        }

        ExpressionSyntax taken = Statement(0) switch
        {
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] } => value,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } => assignment.Right,
            _ => store.Left,
        };
        if (taken == store.Left)
            return false;
        StatementSyntax first = Statement(0).ReplaceNode(taken, exchange.WithTriviaFrom(taken));
        plan.Merge(Statement(0), [Statement(1)], first);
        return true;
    }

    /// <summary><c>if (Interlocked.Exchange(ref _done, true)) return;</c></summary>
    private bool TryPlanGate()
    {
        if (Statement(0) is not IfStatementSyntax test || FieldIn(test.Condition) is not { } tested)
            return false;
        var set = (AssignmentExpressionSyntax)region.Change!.Syntax;
        ExpressionSyntax condition = test.Condition.ReplaceNode(tested, target.Exchange(set.Left, set.Right).WithTriviaFrom(tested));
        if (test.Else is null)
        {
            plan.Merge(test, [Statement(1)], test.WithCondition(condition).WithTrailingTrivia(test.GetTrailingTrivia()));
            return true;
        }

        // the flag is set in the first branch: what is left of the statement is the second one
        ExpressionSyntax inverted = condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation
            ? negation.Operand : CallSyntax.Not(condition);
        StatementSyntax leaves = test.Else.Statement.WithLeadingTrivia(test.Statement.GetLeadingTrivia());
        plan.Merge(test, [], test.WithCondition(inverted).WithStatement(leaves).WithElse(null));
        return true;
    }

    private static ExpressionSyntax? FieldIn(ExpressionSyntax condition)
    {
        while (condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation)
            condition = negation.Operand;
        return condition is IdentifierNameSyntax or MemberAccessExpressionSyntax ? condition : null;
    }

    private bool TryPlanCount()
    {
        var change = (ExpressionSyntax)region.Change!.Syntax;
        if (Counted(region.Change) is not { } counted)
            return false;
        if (region.Statements.Length == 1)
        {
            plan.Replace(change, counted.WithTriviaFrom(change));
            return true;
        }

        // counted first, and read in the statement behind it
        ExpressionSyntax? read = Statement(1).DescendantNodes().OfType<ExpressionSyntax>().FirstOrDefault(expression =>
            expression is IdentifierNameSyntax or MemberAccessExpressionSyntax && expression.ToString() == FieldOf(change).ToString());
        if (read is null)
            return false;
        StatementSyntax result = Statement(1).ReplaceNode(read, counted.WithTriviaFrom(read));
        plan.Merge(Statement(0), [Statement(1)], At(result, Statement(0)));
        return true;
    }

    private ExpressionSyntax? Counted(IOperation change)
    {
        bool isUsed = change.Parent is not IExpressionStatementOperation && region.Statements.Length == 1;
        switch (change)
        {
            case IIncrementOrDecrementOperation step:
                bool isUp = step.Kind == OperationKind.Increment;
                ExpressionSyntax counted = target.Count(isUp ? "Increment" : "Decrement", FieldOf((ExpressionSyntax)step.Syntax), null);
                return isUsed && step.IsPostfix ? Undone(counted, isUp, step.Syntax.Parent) : counted;
            case ICompoundAssignmentOperation { Syntax: AssignmentExpressionSyntax addition } compound:
                bool isAdded = compound.OperatorKind == BinaryOperatorKind.Add;
                return target.Count("Add", addition.Left, isAdded ? addition.Right : Negated(addition.Right, IsWidened(compound.Value)));
            default:
                return null;
        }
    }

    /// <summary>The value before the step: one back.</summary>
    private static ExpressionSyntax? Undone(ExpressionSyntax counted, bool isUp, SyntaxNode? parent)
    {
        if (parent is not (ReturnStatementSyntax or AssignmentExpressionSyntax or ArrowExpressionClauseSyntax))
            return null;
        SyntaxToken sign = SyntaxFactory.Token(isUp ? SyntaxKind.MinusToken : SyntaxKind.PlusToken);
        return SyntaxFactory.BinaryExpression(
            isUp ? SyntaxKind.SubtractExpression : SyntaxKind.AddExpression,
            counted.WithTrailingTrivia(SyntaxFactory.Space),
            sign.WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(1)));
    }

    /// <summary>The least <c>int</c> has no negative: it is widened first, as the subtraction did.</summary>
    private static bool IsWidened(IOperation amount) =>
        amount is IConversionOperation { IsImplicit: true, Operand: { Type.SpecialType: SpecialType.System_Int32, ConstantValue.HasValue: false } };

    private static ExpressionSyntax Negated(ExpressionSyntax amount, bool isWidened)
    {
        ExpressionSyntax operand = amount is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
            or ParenthesizedExpressionSyntax ? amount.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(amount.WithoutTrivia());
        if (isWidened)
            operand = SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.LongKeyword)), operand);
        return SyntaxFactory.PrefixUnaryExpression(SyntaxKind.UnaryMinusExpression, operand);
    }

    private static ExpressionSyntax FieldOf(ExpressionSyntax change) => change switch
    {
        PrefixUnaryExpressionSyntax prefix => prefix.Operand,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        AssignmentExpressionSyntax assignment => assignment.Left,
        _ => change,
    };

    /// <summary>A statement in the place of one above it.</summary>
    private static StatementSyntax At(StatementSyntax statement, StatementSyntax place)
        => statement.WithLeadingTrivia(place.GetLeadingTrivia());
}
