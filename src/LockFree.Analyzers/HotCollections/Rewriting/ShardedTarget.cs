using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary><c>LockFree.ShardedMap</c> and <c>LockFree.ShardedSet</c>, where the runtime is referenced.</summary>
internal sealed class ShardedTarget : ConcurrentTarget
{
    public static ShardedTarget Instance { get; } = new();

    public override string Name => "ShardedMap";

    public override bool RunsFactoriesOnce => true;

    public override bool UpdatesInPlace => true;

    public override bool Drains => true;

    public override INamedTypeSymbol? TypeFor(CandidateField field, Compilation compilation)
    {
        var declared = (INamedTypeSymbol)field.Field.Type;
        return field.Kind == CollectionKind.Set
            ? compilation.GetTypeByMetadataName("LockFree.ShardedSet`1")?.Construct(declared.TypeArguments, declared.TypeArgumentNullableAnnotations)
            : compilation.GetTypeByMetadataName("LockFree.ShardedMap`2")?.Construct(declared.TypeArguments, declared.TypeArgumentNullableAnnotations);
    }

    public override ExpressionSyntax Add(ExpressionSyntax map, ArgumentListSyntax arguments, CandidateField field)
        => Microsoft.CodeAnalysis.CSharp.SyntaxFactory.InvocationExpression(CallSyntax.Member(map, "Add"), arguments);

    public override IEnumerable<ArgumentSyntax> Capacity(ArgumentSyntax capacity)
    {
        yield return capacity;
    }

    public override bool HasPublicAdd(CandidateField field) => true;

    public override bool KeepsMember(string member) => member is "EnsureCapacity" or "TrimExcess" or "Comparer";

    public override bool HasToArray(CandidateField field) => true;

    public override bool TakesSource(CandidateField field) => true;

    public override ExpressionSyntax Entries(ExpressionSyntax map, CandidateField field) => CallSyntax.Of(map, "ToArray");

    // The views are live, and a consumer that asks for their size before it copies them would be surprised by a writer.
    public override ExpressionSyntax View(ExpressionSyntax map, string view) => CallSyntax.Of(CallSyntax.Member(map, view), "ToArray");

    public override string Contains(CandidateField field) => field.Kind == CollectionKind.Set ? "Contains" : "ContainsKey";

    public override ExpressionSyntax TryAdd(ExpressionSyntax map, ExpressionSyntax key, ExpressionSyntax? value, CandidateField field)
        => value is null
            ? CallSyntax.Of(map, "Add", CallSyntax.Argument(key))
            : CallSyntax.Of(map, "TryAdd", CallSyntax.Argument(key), CallSyntax.Argument(value));

    public override ExpressionSyntax TryRemove(ExpressionSyntax map, ArgumentSyntax key, ArgumentSyntax? removed, CandidateField field)
        => field.Kind == CollectionKind.Set
            ? CallSyntax.Of(map, "Remove", key)
            : CallSyntax.Of(map, "TryRemove", key, removed ?? CallSyntax.Discard);
}
