using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary>Writes the read that takes no lock where LF1003 found one that takes all.</summary>
internal sealed class CheaperReadRewrite(SemanticModel model)
{
    /// <summary>Null where there is nothing to rewrite at the site, or the result would not be the same.</summary>
    public RewritePlan? PlanFor(SyntaxNode site)
    {
        if (model.GetOperation(site) is not { } operation)
            return null;
        IForEachLoopOperation? loop = LoopOver(site);
        CostlyRead? read = CostlyMapRead.Find(operation) ?? (loop is null ? null : CostlyMapRead.Find(loop));
        if (read?.Map.Syntax is not ExpressionSyntax map || site is not ExpressionSyntax expression)
            return null;

        var plan = new RewritePlan();
        if (read.Cheaper == CheaperRead.Enumeration)
            return TryPlanLoop(plan, (ForEachStatementSyntax)loop!.Syntax, loop, read, map) ? plan : null;
        if (Replacement(read, map) is not { } replacement)
            return null;
        if (read.Cheaper == CheaperRead.IsNotEmpty && expression.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negated)
            plan.Replace(negated, CallSyntax.Member(map, "IsEmpty").WithTriviaFrom(negated));
        else
            plan.Replace(expression, replacement.WithTriviaFrom(expression));
        return plan;
    }

    private static ExpressionSyntax? Replacement(CostlyRead read, ExpressionSyntax map) => read.Cheaper switch
    {
        CheaperRead.IsEmpty => CallSyntax.Member(map, "IsEmpty"),
        CheaperRead.IsNotEmpty => CallSyntax.Not(CallSyntax.Member(map, "IsEmpty")),
        CheaperRead.Count => CallSyntax.Member(map, "Count"),
        CheaperRead.ContainsKey when read.Operation is IInvocationOperation { Arguments: [{ Value: var key }] } && AsksTheSame(read.Map, key)
            && key.Syntax is ExpressionSyntax asked => CallSyntax.Of(map, "ContainsKey", CallSyntax.Argument(asked)),
        _ => null,
    };

    /// <summary>
    /// The copy is searched by the keys' own equality, the dictionary by its comparer, and it takes no null: the same only where the dictionary
    /// is seen to be made without a comparer, and the key cannot be null.
    /// </summary>
    private static bool AsksTheSame(IOperation map, IOperation key) =>
        (key.Type is { IsValueType: true } || key.ConstantValue is { HasValue: true, Value: not null })
        && OperationEquality.WithoutConversions(map) is IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var reference] } field }
        && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } }
        && !field.ContainingType.Constructors.Any(constructor => constructor.IsStatic == field.IsStatic && constructor.DeclaringSyntaxReferences.Any(
            declaration => declaration.GetSyntax().DescendantTokens().Any(token => token.ValueText == field.Name)));

    private IForEachLoopOperation? LoopOver(SyntaxNode site) =>
        site.Parent is ForEachStatementSyntax statement && statement.Expression == site ? model.GetOperation(statement) as IForEachLoopOperation : null;

    /// <summary>The loop goes over the pairs; what it called the key or value is the pair's.</summary>
    private bool TryPlanLoop(RewritePlan plan, ForEachStatementSyntax statement, IForEachLoopOperation loop, CostlyRead read, ExpressionSyntax map)
    {
        if (CostlyMapRead.CopyOf(read.Operation) is not var (_, member))
            return false;
        if (member == "ToArray")
        {
            plan.Replace(statement.Expression, map.WithTriviaFrom(statement.Expression));
            return true;
        }

        ILocalSymbol variable = loop.Locals[0];
        IdentifierNameSyntax[] names = statement.Statement.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, variable)).ToArray();
        INamedTypeSymbol mapType = (INamedTypeSymbol)read.Map.Type!;
        bool isConverted = !SymbolEqualityComparer.Default.Equals(variable.Type, mapType.TypeArguments[member == "Keys" ? 0 : 1]);
        if (isConverted || names.Length == 0 || names.Any(name => name.Parent is RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
            || name.Parent is NameColonSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
            || name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" })))
            return false;

        string pair = FreshName.Numbered(statement, "pair", "entry", "item");
        TypeSyntax type = statement.Type.IsVar ? statement.Type
            : SyntaxFactory.ParseTypeName(PairTypeAt(statement, mapType)).WithTriviaFrom(statement.Type);
        ForEachStatementSyntax rewritten = statement.ReplaceNodes(names, (original, _) =>
            CallSyntax.Member(SyntaxFactory.IdentifierName(pair), member == "Keys" ? "Key" : "Value").WithTriviaFrom(original));
        plan.Replace(statement, rewritten.WithType(type)
            .WithIdentifier(SyntaxFactory.Identifier(pair).WithTriviaFrom(statement.Identifier))
            .WithExpression(map.WithTriviaFrom(statement.Expression)));
        return true;
    }

    private string PairTypeAt(ForEachStatementSyntax statement, INamedTypeSymbol map)
    {
        string pair = $"KeyValuePair<{string.Join(", ", map.TypeArguments.Select(type => type.ToMinimalDisplayString(model, statement.SpanStart)))}>";
        bool isKnown = model.GetSpeculativeSymbolInfo(statement.SpanStart, SyntaxFactory.ParseTypeName(pair), SpeculativeBindingOption.BindAsTypeOrNamespace)
            .Symbol is INamedTypeSymbol;
        return isKnown ? pair : "System.Collections.Generic." + pair;
    }
}
