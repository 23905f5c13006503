using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary><c>if (!map.TryGetValue(key, out var value)) { value = Make(key); map[key] = value; } return value;</c> → <c>GetOrAdd</c>.</summary>
internal sealed class GetOrAdd : IRegionShape
{
    public bool TryPlan(CompoundContext context)
    {
        RegionOperation? store = context.Operations.FirstOrDefault(operation =>
            operation.Kind is CollectionOperation.Add or CollectionOperation.Set or CollectionOperation.TryAdd);
        if (context.IsSet || store is null || !context.Operations.All(operation => operation == store || operation.HasSameKeyAs(store))
            || KeyTest.Of(context.First.Syntax) is not { Prefix: null, If.Parent: BlockSyntax } test
            || test.OnMiss(context.Model) is not { } onMiss || MissPath.Read(onMiss, store, context) is not { } miss
            || miss.Factory.Call(context, store, test.If) is not { } call)
            return false;

        if (CompoundContext.IsTryGetValue(context.First) && context.Operations.Count == 2)
            return context.OutVariable(context.First) is { } found && TryPlanFound(context, test, miss, found, call);

        return context.First.Kind == CollectionOperation.Contains && TryPlanAsked(context, test, miss, call);
    }

    /// <summary>The look-up has found the value, or the miss has stored one under the same name.</summary>
    private static bool TryPlanFound(CompoundContext context, KeyTest test, MissPath miss, FoundValue found, ExpressionSyntax call)
    {
        // On a miss the variable is empty: nobody makes a value of that.
        string name = found.Local.Name;
        if (miss.Factory.Before.Append<SyntaxNode>(miss.Factory.Value).Any(node => Mentions(node, name)))
            return false;

        StatementSyntax[] rest = test.Rest;
        if (test.MissBody is not null && test.HitBody is null && miss.Names.Contains(name) && miss.After.Length == 0 && !miss.ReturnsStore)
        {
            // if (!found) { make; store; } … value …
            context.Plan.Replace(test.If, Declaration(found, call, test.If));
            return true;
        }

        if (test.MissIsTrue && test.HitBody is null && miss.After.All(statement => AssignsOnly(statement, name, miss)) && miss.After.Length == 1 && !miss.ReturnsStore)
        {
            // if (!found) { make made; store made; value = made; } … value …
            context.Plan.Replace(test.If, Declaration(found, call, test.If));
            return true;
        }

        // One way returns what was found, the other what was stored.
        StatementSyntax? hitEnd = test.HitBody is { } hit ? KeyTest.Flatten(hit) is [var only] ? only : null : rest is [var next] ? next : null;
        if (hitEnd is not ReturnStatementSyntax { Expression: { } hitResult } || !ReturnsTheSame(hitResult, name, miss))
            return false;

        bool resultIsValue = hitResult is IdentifierNameSyntax;
        StatementSyntax returned = SyntaxFactory.ReturnStatement(call)
            .WithReturnKeyword(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        if (resultIsValue)
            context.Plan.Merge(test.If, rest, returned.WithLeadingTrivia(test.If.GetLeadingTrivia()).WithTrailingTrivia(hitEnd.GetTrailingTrivia()));
        else
        {
            context.Plan.Merge(
                test.If,
                rest,
                Declaration(found, call, test.If).WithTrailingTrivia(LineLayout.LineEndOf(test.If.SyntaxTree.GetRoot())),
                hitEnd.WithLeadingTrivia(SyntaxFactory.Whitespace(LineLayout.IndentationOf(test.If) ?? "")));
        }

        if (resultIsValue)
            RemoveDeclaration(context, found, rest.Prepend(test.If).ToArray());

        return true;
    }

    /// <summary><c>int value;</c> of a variable that nothing mentions any more.</summary>
    private static void RemoveDeclaration(CompoundContext context, FoundValue found, StatementSyntax[] gone)
    {
        if (found.DeclaredType is null
            && found.Local.DeclaringSyntaxReferences is [var reference]
            && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer: null, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } }
            && declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            && member.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => name.Identifier.ValueText == found.Local.Name).All(name => gone.Any(statement => statement.Span.Contains(name.Span))))
            context.Plan.Remove(declaration);
    }

    /// <summary>The question was only whether the key is there; the value is read afterwards, or not at all.</summary>
    private static bool TryPlanAsked(CompoundContext context, KeyTest test, MissPath miss, ExpressionSyntax call)
    {
        if (!test.MissIsTrue || test.If.Else is not null || miss.After.Length > 0 || miss.ReturnsStore)
            return TryPlanReturned(context, test, miss, call);

        switch (context.Operations.Count)
        {
            case 2:
                context.Plan.Replace(test.If, SyntaxFactory.ExpressionStatement(call).WithTriviaFrom(test.If));
                return true;

            case 3 when context.Operations[2] is { Kind: CollectionOperation.Get } read && test.Rest is [var next, ..] && IsEvaluatedFirst(next, read.Syntax):
                context.Plan.Replace(read.Syntax, call.WithTriviaFrom(read.Syntax));
                context.Plan.Remove(test.If);
                return true;

            default:
                return false;
        }
    }

    /// <summary><c>if (map.ContainsKey(key)) return map[key]; … map[key] = made; return made;</c></summary>
    private static bool TryPlanReturned(CompoundContext context, KeyTest test, MissPath miss, ExpressionSyntax call)
    {
        RegionOperation? read = context.Operations.FirstOrDefault(operation => operation.Kind == CollectionOperation.Get);
        if (context.Operations.Count != 3 || read is null || test.MissIsTrue
            || KeyTest.Flatten(test.If.Statement) is not [ReturnStatementSyntax { Expression: { } result }] || result != read.Syntax
            || !(miss.ReturnsStore && miss.After.Length == 0 || miss.After is [ReturnStatementSyntax { Expression: IdentifierNameSyntax made }] && miss.Names.Contains(made.Identifier.ValueText)))
            return false;

        context.Plan.Merge(
            test.If,
            test.Rest,
            SyntaxFactory.ReturnStatement(call)
                .WithReturnKeyword(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space))
                .WithLeadingTrivia(test.If.GetLeadingTrivia())
                .WithTrailingTrivia(test.If.GetTrailingTrivia()));
        return true;
    }

    /// <summary><c>var value = call;</c>, or an assignment where the variable was there before.</summary>
    private static StatementSyntax Declaration(FoundValue found, ExpressionSyntax call, IfStatementSyntax at)
    {
        SyntaxToken equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxToken name = SyntaxFactory.Identifier(found.Local.Name);
        StatementSyntax statement = found.DeclaredType is { } type
            ? SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
                type.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(name).WithInitializer(SyntaxFactory.EqualsValueClause(equals, call)))))
            : SyntaxFactory.ExpressionStatement(SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(name), equals, call));
        return statement.WithTriviaFrom(at);
    }

    /// <summary>The miss ends by returning the stored value in the words in which the hit returns the found one.</summary>
    private static bool ReturnsTheSame(ExpressionSyntax hitResult, string found, MissPath miss)
    {
        if (miss.ReturnsStore)
            return hitResult is IdentifierNameSyntax name && name.Identifier.ValueText == found && miss.After.Length == 0;

        if (miss.After is not [ReturnStatementSyntax { Expression: { } missResult }] || !Mentions(hitResult, found))
            return false;

        SyntaxToken[] hit = hitResult.DescendantTokens().ToArray();
        SyntaxToken[] stored = missResult.DescendantTokens().ToArray();
        return hit.Length == stored.Length && hit.Zip(stored, (a, b) => a.ValueText == found ? miss.Names.Contains(b.ValueText) : a.Text == b.Text).All(same => same);
    }

    private static bool AssignsOnly(StatementSyntax statement, string name, MissPath miss)
        => statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
            && assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == name
            && assignment.Right is IdentifierNameSyntax made && miss.Names.Contains(made.Identifier.ValueText);

    private static bool Mentions(SyntaxNode node, string name) => node.DescendantTokens().Any(token => token.ValueText == name);

    /// <summary><c>return map[key];</c> or <c>var value = map[key];</c>, with members called on it at most.</summary>
    private static bool IsEvaluatedFirst(StatementSyntax statement, ExpressionSyntax read)
    {
        ExpressionSyntax? evaluated = statement switch
        {
            ReturnStatementSyntax exit => exit.Expression,
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer: { } initializer }] } => initializer.Value,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax } assignment } => assignment.Right,
            ExpressionStatementSyntax call => call.Expression,
            _ => null,
        };
        while (evaluated is not null && evaluated != read)
        {
            evaluated = evaluated switch
            {
                InvocationExpressionSyntax call => call.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                _ => null,
            };
        }

        return evaluated is not null;
    }
}
