using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Rename;

namespace LockFree.Cli.Tests;

/// <summary>
/// A throw-away rule whose answers tests choose by the name of a field: it reports every field whose name begins with <c>legacy</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LegacyFieldAnalyzer : DiagnosticAnalyzer
{
    public const string Id = "LF4901";
    public const string InfoId = "LF5901";

    private static readonly DiagnosticDescriptor Rule = new(
        Id, "A legacy field", "Field '{0}' is legacy", "LockFree.Shutdown", DiagnosticSeverity.Warning, isEnabledByDefault: true,
        description: "Reports legacy fields.", helpLinkUri: "https://example.org/LF4901.md");

    private static readonly DiagnosticDescriptor InfoRule = new(
        InfoId, "A dubious field", "Field '{0}' is dubious", "LockFree.ClientLookup", DiagnosticSeverity.Info, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule, InfoRule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Report, SymbolKind.Field);
    }

    /// <summary>Is called when a field named <c>waiting</c> is analysed; the analysis then waits until it is cancelled.</summary>
    public static Action? OnWaiting { get; set; }

    private static void Report(SymbolAnalysisContext context)
    {
        string name = context.Symbol.Name;
        if (name == "waiting")
        {
            OnWaiting?.Invoke();
            context.CancellationToken.WaitHandle.WaitOne();
        }

        if (name == "throwing")
            throw new InvalidOperationException("asked to");
        if (name.StartsWith("legacy", StringComparison.Ordinal))
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Symbol.Locations[0], name));
        if (name.StartsWith("dubious", StringComparison.Ordinal))
            context.ReportDiagnostic(Diagnostic.Create(InfoRule, context.Symbol.Locations[0], name));
    }
}

/// <summary>Renames the field wherever its document mentions it, with some names that misbehave.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class LegacyFieldFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [LegacyFieldAnalyzer.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken))!;
        string name = root.FindToken(context.Span.Start).ValueText;
        if (name.Contains("Unfixable", StringComparison.Ordinal))
            return;
        if (name.Contains("FixerThrows", StringComparison.Ordinal))
            throw new InvalidOperationException("fixer asked to");

        string replacement = "modern" + name["legacy".Length..];
        if (name.Contains("Solutionwide", StringComparison.Ordinal))
        {
            context.RegisterCodeFix(CodeAction.Create("Rename everywhere", stop => RenameInSolutionAsync(context, replacement, stop), name), context.Diagnostics);
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create($"Rename to '{replacement}'", _ => Task.FromResult(context.Document.WithSyntaxRoot(Rename(root, name, replacement))), name),
            context.Diagnostics);
    }

    // As an editor does: what searches a solution asks for checksums of all that its projects are made of.
    private static async Task<Solution> RenameInSolutionAsync(CodeFixContext context, string replacement, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(cancellationToken))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(cancellationToken))!;
        ISymbol field = model.GetDeclaredSymbol(root.FindToken(context.Span.Start).Parent!, cancellationToken)!;
        Solution solution = context.Document.Project.Solution;
        if (!(await SymbolFinder.FindReferencesAsync(field, solution, cancellationToken)).Any())
            throw new InvalidOperationException("the search finds nothing");

        await SymbolFinder.FindDerivedClassesAsync(field.ContainingType, solution, cancellationToken: cancellationToken);
        return await Renamer.RenameSymbolAsync(solution, field, new SymbolRenameOptions(), replacement, cancellationToken);
    }

    private static SyntaxNode Rename(SyntaxNode root, string name, string replacement)
    {
        if (name.Contains("Stubborn", StringComparison.Ordinal))
            return root.ReplaceTrivia(root.GetLeadingTrivia().First(), SyntaxFactory.Comment("// touched\n" + root.GetLeadingTrivia().First()));

        bool declarationOnly = name.Contains("Breaking", StringComparison.Ordinal);
        SyntaxNode renamed = root.ReplaceTokens(
            root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name
                && (!declarationOnly || token.Parent is VariableDeclaratorSyntax)),
            (token, _) => SyntaxFactory.Identifier(token.LeadingTrivia, replacement, token.TrailingTrivia));
        if (!name.Contains("Adding", StringComparison.Ordinal))
            return renamed;

        // A new line that ends as fixers end lines: with a line feed, whatever the file does.
        SyntaxNode declaration = renamed.DescendantNodes().OfType<FieldDeclarationSyntax>().First(field => field.ToString().Contains(replacement, StringComparison.Ordinal));
        return renamed.InsertNodesAfter(declaration, [SyntaxFactory.ParseMemberDeclaration("    public int added;\n")!]);
    }
}
