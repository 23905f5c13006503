using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary><c>map.TryRemove(key, out _);</c> → <c>map.TryRemove(new KeyValuePair&lt;K, V&gt;(key, value));</c>, which removes what was tested and nothing else.</summary>
internal static class PairRemovalRewrite
{
    public static bool TryPlan(RaceSite site, CancellationToken cancellationToken)
    {
        MapOperation act = site.Race.Act;
        if (site.Race.Check.Received is not { } value || act.Value is not IDiscardOperation || site.Act is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call
            || CheckOutcome.Of(site.Race.Check.Operation, act.Operation) is not { State: KeyState.Present }
            || site.Function.IsAssigned(value, site.Check.Span.End, act.Position) || site.Function.IsMutated(value, position => position > site.Check.SpanStart && position < act.Position)
            || !TakesPair(site.MapSymbol) || !IsEqualToItself(site.ValueType) || MayStore(site, act, cancellationToken))
            return false;

        ITypeSymbol[] types = [.. site.MapSymbol.TypeArguments];
        string pair = $"KeyValuePair<{string.Join(", ", types.Select(type => type.ToMinimalDisplayString(site.Model, call.SpanStart)))}>";
        if (site.Model.GetSpeculativeSymbolInfo(call.SpanStart, SyntaxFactory.ParseTypeName(pair), SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol is not INamedTypeSymbol)
            pair = "System.Collections.Generic." + pair;
        ExpressionSyntax created = SyntaxFactory.ObjectCreationExpression(SyntaxFactory.ParseTypeName(pair))
            .WithNewKeyword(SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space))
            .WithArgumentList(CallSyntax.Arguments(CallSyntax.Argument(site.Key), CallSyntax.Argument(SyntaxFactory.IdentifierName(value.Name))));
        site.Plan.Replace(call, CallSyntax.Of(site.Map, "TryRemove", CallSyntax.Argument(created)).WithTriviaFrom(call));
        return true;
    }

    /// <summary>A call between the two that may itself put another value there, which the removal by key alone would take away.</summary>
    private static bool MayStore(RaceSite site, MapOperation act, CancellationToken cancellationToken)
    {
        var reach = new FactoryReach(site.Model.Compilation, cancellationToken);
        return site.Function.Operations.Any(operation => operation.Syntax.SpanStart > site.Check.Span.End && operation.Syntax.SpanStart < act.Position
            && operation is IInvocationOperation or IAwaitOperation or IObjectCreationOperation && !reach.StaysAway(operation));
    }

    private static bool TakesPair(INamedTypeSymbol map) => map.GetMembers("TryRemove").OfType<IMethodSymbol>()
        .Any(method => method.Parameters is [{ Type.Name: "KeyValuePair" }]);

    /// <summary>The removal compares the values by <c>Equals</c>, of which only the framework's is known.</summary>
    private static bool IsEqualToItself(ITypeSymbol? type)
    {
        if (type is null or ITypeParameterSymbol || type.TypeKind == TypeKind.Interface)
            return false;
        for (ITypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (part.IsInSource() && !part.IsRecord && part.GetMembers("Equals").Length > 0)
                return false;
        }

        return true;
    }
}
