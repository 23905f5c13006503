using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>The statement right before a store that loads into a local which serves the stored value alone.</summary>
/// <param name="Declaration">The statement; it goes.</param>
/// <param name="Name">The local's name; the updater's parameter inherits it.</param>
internal sealed record LoadIntoLocal(LocalDeclarationStatementSyntax Declaration, string Name)
{
    public static LoadIntoLocal? Before(ExpressionSyntax store, ExpressionSyntax value, Func<IOperation, bool> isLoad, SemanticModel model)
    {
        if (store.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax block } statement)
            return null;
        int place = block.Statements.IndexOf(statement) - 1;
        if (place < 0 || block.Statements[place] is not LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: var loaded } variable],
            } declaration)
            return null;
        if (HasOwnRemarks(declaration) || model.GetDeclaredSymbol(variable) is not ILocalSymbol { IsRef: false } local)
            return null;
        if (OperationEquality.WithoutConversions(model.GetOperation(loaded)) is not { } load || !isLoad(load)
            || !SymbolEqualityComparer.Default.Equals(load.Type, local.Type))
            return null;

        bool servesValueAlone = block.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, local))
            .All(name => value.Span.Contains(name.Span));
        return servesValueAlone ? new LoadIntoLocal(declaration, local.Name) : null;
    }

    private static bool HasOwnRemarks(StatementSyntax statement) => statement.DescendantTrivia().Any(trivia =>
        !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia) && trivia.SpanStart >= statement.SpanStart);
}
