using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>An if statement that asks whether a key is there, and what it does either way.</summary>
/// <param name="If">The statement.</param>
/// <param name="Prefix">A condition that must hold before the question is asked: <c>prefix &amp;&amp; !map.ContainsKey(key)</c>.</param>
/// <param name="MissIsTrue">The question is negated.</param>
internal sealed record KeyTest(IfStatementSyntax If, ExpressionSyntax? Prefix, bool MissIsTrue)
{
    /// <summary>Reads <c>if (probe)</c>, <c>if (!probe)</c>, and either behind <c>prefix &amp;&amp;</c>; any other condition gives null.</summary>
    public static KeyTest? Of(ExpressionSyntax probe)
    {
        bool negated = false;
        ExpressionSyntax? prefix = null;
        ExpressionSyntax condition = probe;
        while (condition.Parent is ExpressionSyntax parent)
        {
            switch (parent)
            {
                case ParenthesizedExpressionSyntax:
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } when prefix is null:
                    negated = !negated;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } }
                    when prefix is null:
                    negated = !negated;
                    break;
                case IsPatternExpressionSyntax
                {
                    Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } },
                }
                    when prefix is null:
                    negated = !negated;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } conjunction when conjunction.Right == condition && prefix is null:
                    prefix = conjunction.Left;
                    break;
                default:
                    return null;
            }

            condition = parent;
        }

        return condition.Parent is IfStatementSyntax statement && statement.Condition == condition ? new KeyTest(statement, prefix, negated) : null;
    }

    /// <summary>What runs on a hit alone; null if that is the rest of the block, or nothing.</summary>
    public StatementSyntax? HitBody => MissIsTrue ? If.Else?.Statement : If.Statement;

    /// <summary>What runs on a miss alone; null if that is the rest of the block, or nothing.</summary>
    public StatementSyntax? MissBody => MissIsTrue ? If.Statement : If.Else?.Statement;

    /// <summary>The statements behind the if statement in its block.</summary>
    public StatementSyntax[] Rest
        => If.Parent is BlockSyntax block ? block.Statements.Skip(block.Statements.IndexOf(If) + 1).ToArray() : Array.Empty<StatementSyntax>();

    /// <summary>The statements that run on a miss alone and first of all: of the miss's own body, or behind a hit that leaves.</summary>
    public StatementSyntax[]? OnMiss(SemanticModel model) => Only(MissBody, HitBody, model);

    /// <summary>The statements that run on a hit alone and first of all.</summary>
    public StatementSyntax[]? OnHit(SemanticModel model) => Only(HitBody, MissBody, model);

    /// <summary>The condition with another question, which is asked the same way round.</summary>
    public ExpressionSyntax Condition(ExpressionSyntax question)
        => Prefix is null
            ? question
            : SyntaxFactory.BinaryExpression(
                SyntaxKind.LogicalAndExpression,
                Prefix,
                ((BinaryExpressionSyntax)Prefix.Parent!).OperatorToken,
                question.WithTriviaFrom(((BinaryExpressionSyntax)Prefix.Parent!).Right));

    public static StatementSyntax[] Flatten(StatementSyntax body) => body is BlockSyntax block ? block.Statements.ToArray() : [body];

    /// <summary>Control never comes out at the end of the body.</summary>
    public static bool Leaves(StatementSyntax body, SemanticModel model) => model.AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: false };

    private StatementSyntax[]? Only(StatementSyntax? own, StatementSyntax? other, SemanticModel model)
    {
        // Behind a prefix, the other arm also runs where the question was never asked.
        if (own is not null)
            return Prefix is null || own == If.Statement ? Flatten(own) : null;

        return Prefix is null && other is not null && Leaves(other, model) ? Rest : null;
    }
}
