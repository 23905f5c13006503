using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>
/// Casts once into a local of each body that casts several times. Offered where the registry never changes after construction, the
/// first cast is the first thing its statement evaluates, and that statement is passed on every way to the others.
/// </summary>
internal static class TypedLocalRewrite
{
    public static Document? Apply(Document document, DowncastGroup group)
    {
        if (!group.Repeated.RegistryNeverChanges || group.First.Kind != RegistryKind.Dictionary)
            return null;

        var editor = new SyntaxEditor(group.Root, document.Project.Solution.Services);
        bool changed = false;
        foreach (IGrouping<object, DowncastSite> body in group.Repeated.Sites
            .Where(site => site.Cast.Syntax.SyntaxTree == group.Model.SyntaxTree)
            .GroupBy(site => site.Body))
            changed |= TryRewrite(editor, group, body.ToImmutableArray());

        return changed ? document.WithSyntaxRoot(editor.GetChangedRoot()) : null;
    }

    private static bool TryRewrite(SyntaxEditor editor, DowncastGroup group, ImmutableArray<DowncastSite> sites)
    {
        DowncastSite first = sites[0];
        if (sites.Length < 2 || !sites.All(CastReplacement.IsReplaceable) || CastReplacement.IsAs(first) && !sites.All(CastReplacement.IsAs))
            return false;

        // The nearest statement of the first cast, and the block whose statements all come after it.
        StatementSyntax? statement = first.Cast.Syntax.FirstAncestorOrSelf<StatementSyntax>();
        if (statement?.Parent is not BlockSyntax block || !sites.All(site => block.Span.Contains(site.Cast.Syntax.Span)) || HasDirectivesOrLabels(block))
            return false;

        if (ReusableLocal(group, statement, first) is { } existing)
        {
            Replace(editor, sites.Skip(1), existing);
            return true;
        }

        if (!EvaluatesFirst(statement, CastReplacement.Whole(first)))
            return false;

        SyntaxNode member = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        string name = group.FreshName(member, prefix: "", capital: false);
        if (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
            name = "@" + name;

        Replace(editor, sites, name);
        LocalDeclarationStatementSyntax declaration = SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
            SyntaxFactory.IdentifierName("var"),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(name)
                .WithInitializer(SyntaxFactory.EqualsValueClause(((ExpressionSyntax)first.Cast.Syntax).WithoutTrivia())))));
        editor.InsertBefore(statement, declaration.WithLeadingTrivia(statement.GetLeadingTrivia()).WithAdditionalAnnotations(Formatter.Annotation));
        editor.ReplaceNode(statement, (current, _) => current.WithLeadingTrivia(Indentation(statement)));
        return true;
    }

    private static void Replace(SyntaxEditor editor, IEnumerable<DowncastSite> sites, string name)
    {
        foreach (DowncastSite site in sites)
        {
            ExpressionSyntax whole = CastReplacement.Whole(site);
            editor.ReplaceNode(whole, CastReplacement.Name(name, whole));
        }
    }

    /// <summary>Comments above the statement go to the new first line; the statement keeps its indentation.</summary>
    private static SyntaxTriviaList Indentation(StatementSyntax statement)
        => SyntaxFactory.TriviaList(statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1));

    /// <summary><c>var orders = (IOrders)clients["orders"];</c> that nobody assigns again serves as it is.</summary>
    private static string? ReusableLocal(DowncastGroup group, StatementSyntax statement, DowncastSite first)
    {
        if (statement is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: { } value } variable] }
            || value != CastReplacement.Whole(first)
            || group.Model.GetDeclaredSymbol(variable) is not ILocalSymbol { RefKind: RefKind.None } local
            || !SymbolEqualityComparer.Default.Equals(local.Type, first.Target))
            return null;

        DataFlowAnalysis? flow = statement.Parent is BlockSyntax { Statements: var all }
            && all.SkipWhile(s => s != statement).Skip(1).ToArray() is { Length: > 0 } rest
                ? group.Model.AnalyzeDataFlow(rest[0], rest[rest.Length - 1])
                : null;
        bool assigned = flow is null || !flow.Succeeded || flow.WrittenInside.Contains(local) || flow.UnsafeAddressTaken.Contains(local);
        return assigned ? null : variable.Identifier.Text;
    }

    /// <summary>Is the expression what the statement evaluates before anything else? Then the lookup and its exceptions stay where they were.</summary>
    private static bool EvaluatesFirst(StatementSyntax statement, ExpressionSyntax expression)
    {
        ExpressionSyntax? evaluated = statement switch
        {
            ExpressionStatementSyntax call => call.Expression,
            ReturnStatementSyntax exit => exit.Expression,
            IfStatementSyntax test => test.Condition,
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer: { } initializer }] } => initializer.Value,
            _ => null,
        };

        while (evaluated is not null && evaluated != expression)
        {
            evaluated = evaluated switch
            {
                InvocationExpressionSyntax call => call.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                ConditionalAccessExpressionSyntax access => access.Expression,
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                AwaitExpressionSyntax awaited => awaited.Expression,
                BinaryExpressionSyntax binary => binary.Left,
                _ => null,
            };
        }

        return evaluated is not null;
    }

    /// <summary>With <c>#if</c> there is more than one program; with labels the first statement may be jumped over.</summary>
    private static bool HasDirectivesOrLabels(BlockSyntax block)
        => block.ContainsDirectives || block.DescendantNodes().Any(node => node is LabeledStatementSyntax);
}
