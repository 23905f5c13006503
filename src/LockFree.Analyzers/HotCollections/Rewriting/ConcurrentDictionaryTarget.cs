using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>The base library's <c>ConcurrentDictionary</c>; a set becomes one whose values say nothing.</summary>
internal sealed class ConcurrentDictionaryTarget : ConcurrentTarget
{
    private static readonly ExpressionSyntax Nothing = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(0));

    public static ConcurrentDictionaryTarget Instance { get; } = new();

    public override string Name => "ConcurrentDictionary";

    public override bool RunsFactoriesOnce => false;

    public override bool UpdatesInPlace => false;

    public override bool Drains => false;

    public override INamedTypeSymbol? TypeFor(CandidateField field, Compilation compilation)
    {
        var declared = (INamedTypeSymbol)field.Field.Type;
        INamedTypeSymbol? map = compilation.GetTypeByMetadataName("System.Collections.Concurrent.ConcurrentDictionary`2");
        if (field.Kind != CollectionKind.Set)
            return map?.Construct(declared.TypeArguments, declared.TypeArgumentNullableAnnotations);

        return map?.Construct(
            declared.TypeArguments.Add(compilation.GetSpecialType(SpecialType.System_Byte)),
            declared.TypeArgumentNullableAnnotations.Add(NullableAnnotation.None));
    }

    public override ExpressionSyntax Add(ExpressionSyntax map, ArgumentListSyntax arguments, CandidateField field)
    {
        if (field.Kind == CollectionKind.Set)
            return TryAdd(map, arguments.Arguments[0].Expression, value: null, field);

        // Its own Add, which throws on a duplicate, is to be had through the interface alone.
        TypeSyntax contract = ImportedName.Type(
            $"global::System.Collections.Generic.IDictionary<{ImportedName.TextOf(field.KeyType)}, {ImportedName.TextOf(field.ValueType!)}>");
        return SyntaxFactory.InvocationExpression(
            CallSyntax.Member(SyntaxFactory.ParenthesizedExpression(SyntaxFactory.CastExpression(contract, map.WithoutTrivia())), "Add"), arguments);
    }

    /// <summary>The one constructor with a capacity wants to know the number of threads as well.</summary>
    public override IEnumerable<ArgumentSyntax> Capacity(ArgumentSyntax capacity)
    {
        yield return SyntaxFactory.Argument(ImportedName.Expression("global::System.Environment.ProcessorCount"));
        yield return capacity;
    }

    public override bool HasPublicAdd(CandidateField field) => false;

    public override bool KeepsMember(string member) => member == "Comparer";

    public override bool HasToArray(CandidateField field) => field.Kind != CollectionKind.Set;

    public override bool TakesSource(CandidateField field) => field.Kind != CollectionKind.Set;

    public override ExpressionSyntax Entries(ExpressionSyntax map, CandidateField field)
        => field.Kind == CollectionKind.Set ? CallSyntax.Member(map, "Keys") : CallSyntax.Of(map, "ToArray");

    // Copies of one moment.
    public override ExpressionSyntax View(ExpressionSyntax map, string view) => CallSyntax.Member(map, view);

    public override string Contains(CandidateField field) => "ContainsKey";

    public override ExpressionSyntax TryAdd(ExpressionSyntax map, ExpressionSyntax key, ExpressionSyntax? value, CandidateField field)
        => CallSyntax.Of(map, "TryAdd", CallSyntax.Argument(key), CallSyntax.Argument(value ?? Nothing));

    public override ExpressionSyntax TryRemove(ExpressionSyntax map, ArgumentSyntax key, ArgumentSyntax? removed, CandidateField field)
        => CallSyntax.Of(map, "TryRemove", key, removed ?? CallSyntax.Discard);
}
