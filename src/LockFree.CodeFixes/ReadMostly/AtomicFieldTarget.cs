using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>
/// The field stays what it is: <c>volatile</c>, or read and written through <c>Volatile</c> where it is too wide for that, and changed by
/// <c>Interlocked</c> where a change looks at the old value.
/// </summary>
internal sealed class AtomicFieldTarget(GuardedCell cell) : CellTarget
{
    public const string Key = "Field";

    public override string Name => Key;

    private bool IsWide => cell.Verdict.Field.Width != ValueWidth.Word;

    public override string TitleFor(string field) => IsWide ? $"Access '{field}' through Volatile and Interlocked and remove its lock"
        : cell.Verdict.Field.Field.IsVolatile ? $"Remove the lock of '{field}', which is volatile already"
        : $"Make '{field}' volatile and remove its lock";

    public override bool Suits(CellVerdict verdict) => true;

    public override bool TryPlanDeclaration(FieldDeclarationSyntax declaration, RewritePlan plan)
    {
        if (!IsWide && !declaration.Modifiers.Any(SyntaxKind.VolatileKeyword))
            plan.Replace((SyntaxNode)declaration, FieldModifier.Add(declaration, SyntaxKind.VolatileKeyword));
        return true;
    }

    public override ExpressionSyntax Exchange(ExpressionSyntax field, ExpressionSyntax value)
        => Call("Interlocked", "Exchange", field, value);

    public override ExpressionSyntax Count(string member, ExpressionSyntax field, ExpressionSyntax? amount)
        => Call("Interlocked", member, field, amount);

    public override bool TryPlanMention(ExpressionSyntax mention, bool isConstruction, RewritePlan plan)
    {
        if (!IsWide || isConstruction || !IsUnderLock(mention))
            return true;
        if (mention.Parent is AssignmentExpressionSyntax assignment && assignment.Left == mention)
            plan.Replace(assignment, Call("Volatile", "Write", mention, assignment.Right).WithTriviaFrom(assignment));
        else
            plan.Replace(mention, Call("Volatile", "Read", mention, null).WithTriviaFrom(mention));
        return true;
    }

    private bool IsUnderLock(ExpressionSyntax mention) => cell.Verdict.Regions.Any(region =>
        region.Lock.Syntax.SyntaxTree == mention.SyntaxTree && region.Lock.Syntax.Span.Contains(mention.Span));

    private ExpressionSyntax Call(string type, string member, ExpressionSyntax field, ExpressionSyntax? value)
    {
        INamedTypeSymbol symbol = cell.Compilation.GetTypeByMetadataName("System.Threading." + type)
            ?? cell.Compilation.CreateErrorTypeSymbol(null, type, 0);
        var receiver = (ExpressionSyntax)SyntaxGenerator.GetGenerator(cell.Project).TypeExpression(symbol)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        if (!IsInScope(symbol, field))
            receiver = receiver.WithAdditionalAnnotations(Simplifier.AddImportsAnnotation);
        ArgumentSyntax reference = CallSyntax.Argument(field).WithRefKindKeyword(
            SyntaxFactory.Token(SyntaxKind.RefKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return SyntaxFactory.InvocationExpression(
            CallSyntax.Member(receiver, member),
            value is null ? CallSyntax.Arguments(reference) : CallSyntax.Arguments(reference, CallSyntax.Argument(value)));
    }

    // Asked to import what is already in scope, editors before Roslyn 5.9 leave an empty line at the top of the file.
    private bool IsInScope(INamedTypeSymbol type, ExpressionSyntax place) => cell.Compilation.ContainsSyntaxTree(place.SyntaxTree)
        && cell.Compilation.GetSemanticModel(place.SyntaxTree).LookupNamespacesAndTypes(place.SpanStart, name: type.Name)
            .Contains(type, SymbolEqualityComparer.Default);
}
