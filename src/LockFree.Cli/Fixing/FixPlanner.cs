using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using LockFree.Cli.Checking;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Fixing;

/// <summary>
/// Chooses the fixes of one round. All are computed against the same solution, so no two may touch the same file or parts of the
/// same type: the second would rest on a verdict about code the first has changed. It waits for the next round.
/// </summary>
internal sealed class FixPlanner(RuleCatalogue catalogue, ProjectSource target, ProjectWorkspace workspace, ConcurrentBag<ToolFailure> failures)
{
    private readonly FixFinder _fixes = new(catalogue, failures);

    /// <summary>Plans a round.</summary>
    /// <param name="solution">What the reports are about.</param>
    /// <param name="reports">The findings with a fix, in order of place.</param>
    /// <param name="givenUp">Findings not to try again; those whose fix proves of no use are added.</param>
    /// <param name="cancellationToken">Stops the fixers.</param>
    public async Task<ImmutableArray<PlannedFix>> PlanAsync(
        Solution solution, IEnumerable<(Diagnostic Report, Finding Finding)> reports, Dictionary<FindingIdentity, string> givenUp,
        CancellationToken cancellationToken)
    {
        HashSet<string> touched = new(StringComparer.Ordinal);
        ImmutableArray<PlannedFix>.Builder round = ImmutableArray.CreateBuilder<PlannedFix>();
        foreach ((Diagnostic report, Finding finding) in reports)
        {
            FindingIdentity identity = IdentityOf(report);
            Document document = solution.GetDocument(report.Location.SourceTree!)!;
            ImmutableHashSet<string> typeFiles = await FilesOfTypeAsync(document, report, cancellationToken);
            if (givenUp.ContainsKey(identity) || touched.Overlaps(typeFiles))
                continue;
            if (await _fixes.FindAsync(document, report, cancellationToken) is not { } action)
                continue;

            (ImmutableDictionary<string, SourceText> texts, string? refusal) = await ChangesAsync(solution, action, cancellationToken);
            if (refusal is not null)
            {
                givenUp[identity] = refusal;
                continue;
            }

            if (touched.Overlaps(texts.Keys))
                continue;
            touched.UnionWith(typeFiles);
            touched.UnionWith(texts.Keys);
            round.Add(new PlannedFix(finding, identity, texts));
        }

        return round.ToImmutable();
    }

    /// <summary>What <paramref name="report"/> is recognised by once its lines have moved.</summary>
    public static FindingIdentity IdentityOf(Diagnostic report)
    {
        SyntaxTree? tree = report.Location.SourceTree;
        string type = tree is null ? "" : FixEligibility.OutermostType(tree.GetRoot().FindNode(report.Location.SourceSpan))?.Identifier.ValueText ?? "";
        return new FindingIdentity(report.Id, tree?.FilePath ?? "", type, report.GetMessage(CultureInfo.InvariantCulture));
    }

    private static async Task<ImmutableHashSet<string>> FilesOfTypeAsync(Document document, Diagnostic report, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        BaseTypeDeclarationSyntax? declaration = FixEligibility.OutermostType(root.FindNode(report.Location.SourceSpan));
        SemanticModel model = (await document.GetSemanticModelAsync(cancellationToken))!;
        ISymbol? type = declaration is null ? null : model.GetDeclaredSymbol(declaration, cancellationToken);
        return type is null
            ? [document.FilePath!]
            : [.. type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree.FilePath)];
    }

    private async Task<(ImmutableDictionary<string, SourceText> Texts, string? Refusal)> ChangesAsync(
        Solution solution, CodeAction action, CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, SourceText> none = ImmutableDictionary<string, SourceText>.Empty;
        ImmutableArray<CodeActionOperation> operations;
        try
        {
            operations = await action.GetOperationsAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            failures.Add(ToolFailure.Of($"the fix '{action.Title}'", null, failure));
            return (none, "the fix failed");
        }

        if (operations is not [ApplyChangesOperation { ChangedSolution: var changed }])
            return (none, "the fix does more than change source files");

        Dictionary<string, SourceText> texts = new(StringComparer.Ordinal);
        foreach (ProjectChanges project in changed.GetChanges(solution).GetProjectChanges())
        {
            if (project.GetAddedDocuments().Any() || project.GetRemovedDocuments().Any())
                return (none, "the fix adds or removes files");

            foreach (DocumentId id in project.GetChangedDocuments(onlyGetDocumentsWithTextChanges: true))
            {
                Document document = changed.GetDocument(id)!;
                if (WriteRefusal(document.FilePath!) is { } refusal)
                    return (none, refusal);
                texts[document.FilePath!] = await document.GetTextAsync(cancellationToken);
            }
        }

        return texts.Count == 0 ? (none, "the fix changes nothing") : (texts.ToImmutableDictionary(StringComparer.Ordinal), null);
    }

    private string? WriteRefusal(string path)
    {
        if (!workspace.Files.ContainsKey(path) || !target.IsReported(path))
            return $"the fix would change {path}, which was not given";
        return ReadOnlyFiles.IsReadOnly(path) ? ReadOnlyFiles.Refusal(path) : null;
    }
}
