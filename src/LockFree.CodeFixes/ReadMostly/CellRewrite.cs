using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using LockFree.CodeFixes.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>
/// The whole fix of one field: its declaration, every region, and the lock. All of it, or none: one place that cannot be expressed exactly and
/// the solution stays as it is.
/// </summary>
internal sealed class CellRewrite
{
    private readonly GuardedCell _cell;
    private readonly CellTarget _target;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxTree, RewritePlan> _plans = new();

    private CellRewrite(GuardedCell cell, CellTarget target, CancellationToken cancellationToken)
    {
        _cell = cell;
        _target = target;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The solution with the field rewritten, or why that would not be exact. Whether it compiles is for the caller to ask.</summary>
    public static async Task<RewriteOutcome> TryRewriteAsync(GuardedCell cell, CellTarget target, CancellationToken cancellationToken)
    {
        var rewrite = new CellRewrite(cell, target, cancellationToken);
        return rewrite.Plan() is { } refusal
            ? RewriteOutcome.Refused(refusal)
            : await RewriteGuarantee.RewriteAsync(cell.Project, rewrite._plans, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the plans; says what stands in the way.</summary>
    private string? Plan()
    {
        if (_cell.Mentions.IsInDisabledCode(_cell.Field, _cancellationToken))
            return "code that is switched off names the field";
        if (FieldModifier.DeclarationOf(_cell.Field, _cancellationToken) is not { } declaration)
            return "declaration";
        if (!_target.TryPlanDeclaration(declaration, PlanOf(declaration)))
            return "declaration or creation";

        var regions = new List<RegionSyntax>();
        ILookup<IOperation, LockRegion> acquired = _cell.Model.Regions.ToLookup(region => region.Acquire);
        foreach (CellRegion cell in _cell.Verdict.Regions)
        {
            LockRegion region = acquired[cell.Lock].First();
            if (RegionSyntax.Of(region) is not { } syntax)
                return "directives in a region";

            regions.Add(syntax);
            RewritePlan plan = PlanOf(syntax.First);
            plan.Unlock(syntax);
            if (!new CellOperation(cell, _target, plan).TryPlan())
                return "region: " + cell.Shape;
        }

        var construction = new HashSet<(SyntaxTree, TextSpan)>(_cell.Verdict.Field.Accesses.Where(access => access.InConstruction)
            .Select(access => (access.Mention.Syntax.SyntaxTree, access.Mention.Syntax.Span)));
        foreach (ExpressionSyntax mention in _cell.Mentions.Of(_cell.Field, _cancellationToken))
        {
            bool isConstruction = construction.Contains((mention.SyntaxTree, mention.Span));
            if (!PlanOf(mention).Covers(mention) && !_target.TryPlanMention(mention, isConstruction, PlanOf(mention)))
                return "mention in " + mention.Parent!.RawKind;
        }

        if (_cell.Verdict.Lock.LastMember is IFieldSymbol gate)
            new LockFieldRemoval(_cell.Mentions, regions, PlanOf).Plan(gate, _cancellationToken);

        return null;
    }

    private RewritePlan PlanOf(SyntaxNode node)
    {
        if (!_plans.TryGetValue(node.SyntaxTree, out RewritePlan? plan))
            _plans.Add(node.SyntaxTree, plan = new RewritePlan());

        return plan;
    }
}
