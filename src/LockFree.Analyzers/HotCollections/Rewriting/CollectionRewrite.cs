using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>
/// The whole fix of one field: its type, its creation, every operation, every region, and the lock. All of it, or none: one place that cannot be
/// expressed exactly and the solution stays as it is.
/// </summary>
internal sealed class CollectionRewrite
{
    private static readonly IRegionShape[] Shapes = [new LookupTwice(), new RemoveIf(), new GetOrAdd(), new TryAdd(), new UpsertExpression(), new Upsert(), new UpdateIfExists()];

    private readonly GuardedCollection _collection;
    private readonly ConcurrentTarget _target;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxTree, RewritePlan> _plans = new();
    private readonly List<RegionSyntax> _regions = [];
    private bool _runsFactoryOnce;
    private bool _addsOtherwise;

    private CollectionRewrite(GuardedCollection collection, ConcurrentTarget target, CancellationToken cancellationToken)
    {
        _collection = collection;
        _target = target;
        _cancellationToken = cancellationToken;
    }

    private CandidateField Candidate => _collection.Candidate;

    /// <summary>What is to become of each document, or why that would not be exact.</summary>
    public static PlannedRewrite Plan(GuardedCollection collection, ConcurrentTarget target, CancellationToken cancellationToken)
    {
        var rewrite = new CollectionRewrite(collection, target, cancellationToken);
        string? refusal = rewrite.Plan();
        if (refusal is null)
            rewrite.PlanLock();
        return new PlannedRewrite(rewrite._plans, refusal);
    }

    /// <summary>Why a rewrite would not be exact; null where it would. What becomes of the lock decides nothing.</summary>
    public static string? RefusalOf(GuardedCollection collection, ConcurrentTarget target, CancellationToken cancellationToken) =>
        new CollectionRewrite(collection, target, cancellationToken).Plan();

    /// <summary>Makes the plans; says what stands in the way.</summary>
    private string? Plan()
    {
        if (_target.TypeFor(Candidate, _collection.Compilation) is not { } type)
            return "the type it would become is not referenced";
        if (_collection.Mentions.IsInDisabledCode(_collection.Field, _cancellationToken))
            return "code that is switched off names it";
        if (TryPlanDeclaration(type) is not { } typeSyntax)
            return "its declaration or creation has no concurrent counterpart";
        if (HasRegionsAroundRegions())
            return "one region of the lock lies within another";

        return _collection.Verdict.Regions.Select(PlanRegion).FirstOrDefault(reason => reason is not null)
            ?? RefusalOfFactories() ?? PlanSingleOperations(typeSyntax);
    }

    /// <summary>Who adds a key without running its factory does not wait for one that is running, whose value then belongs to nobody.</summary>
    private string? RefusalOfFactories()
        => _runsFactoryOnce && _addsOtherwise ? "a value could be made in vain while another region stores one for its key" : null;

    private RewritePlan PlanOf(SyntaxNode node)
    {
        if (!_plans.TryGetValue(node.SyntaxTree, out RewritePlan? plan))
            _plans.Add(node.SyntaxTree, plan = new RewritePlan());

        return plan;
    }

    private SemanticModel ModelOf(SyntaxNode node) => _collection.Mentions.ModelOf(node.SyntaxTree)!;

    private TypeSyntax? TryPlanDeclaration(INamedTypeSymbol type)
    {
        if (_collection.Field.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(_cancellationToken) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator)
            return null;

        TypeSyntax written = declaration.Type is NullableTypeSyntax nullable ? nullable.ElementType : declaration.Type;
        GenericNameSyntax? name = written as GenericNameSyntax ?? (written as QualifiedNameSyntax)?.Right as GenericNameSyntax;
        if (name is null)
            return null; // an alias: its other users keep it

        TypeSyntax typeSyntax = TypeExpression(type, name.TypeArgumentList);
        RewritePlan plan = PlanOf(declaration);
        plan.Replace(written, typeSyntax.WithTriviaFrom(written));
        bool created = declarator.Initializer is null
            || new CollectionCreation(Candidate, _target, typeSyntax, ModelOf(declarator)).TryPlan(declarator.Initializer.Value, plan);
        return created ? typeSyntax : null;
    }

    /// <summary>The new type's name over the type arguments as they are written.</summary>
    private static TypeSyntax TypeExpression(INamedTypeSymbol type, TypeArgumentListSyntax arguments)
    {
        TypeSyntax expression = ImportedName.Of(type);
        if (type.TypeArguments.Length == arguments.Arguments.Count)
        {
            GenericNameSyntax name = expression.DescendantNodesAndSelf().OfType<GenericNameSyntax>().First();
            expression = expression.ReplaceNode(name.TypeArgumentList, arguments.WithoutTrivia());
        }

        return ImportedName.Mark(expression);
    }

    private string? PlanRegion(JudgedRegion judged)
    {
        if (RegionSyntax.Of(judged.Region) is not { } syntax)
            return "the lock is taken or released in a way that cannot be taken away";

        _regions.Add(syntax);
        PlanOf(syntax.First).Unlock(syntax);
        foreach (RegionEvent[] together in TogetherOnSomePath(judged))
        {
            if (together.Length > 1 && !TryPlanCompound(together, _target, PlanOf(together[0].Operation.Syntax)))
                return RefusalOf(judged, together);

            _addsOtherwise |= together is [{ CollectionOperation: CollectionOperation.Add or CollectionOperation.Set or CollectionOperation.TryAdd }];
        }

        return null;
    }

    /// <summary>Operations of which one execution does several are rewritten as one; the others each for itself.</summary>
    private static IEnumerable<RegionEvent[]> TogetherOnSomePath(JudgedRegion judged)
    {
        var groups = new List<HashSet<RegionEvent>>();
        foreach (RegionPath path in judged.Paths)
        {
            var merged = new HashSet<RegionEvent>(path.Operations);
            foreach (HashSet<RegionEvent> group in groups.Where(group => group.Overlaps(merged)).ToArray())
            {
                merged.UnionWith(group);
                groups.Remove(group);
            }

            groups.Add(merged);
        }

        return groups.Select(group => judged.Region.Events.Where(group.Contains).ToArray());
    }

    /// <summary>Where the other target could, that is worth to know.</summary>
    private string RefusalOf(JudgedRegion judged, RegionEvent[] together) =>
        _target != ShardedTarget.Instance && TryPlanCompound(together, ShardedTarget.Instance, new RewritePlan())
            ? "no ConcurrentDictionary does in one step what happens here, while the ShardedMap of LockFree.Runtime does"
            : judged.WhatToWeigh(together);

    private bool TryPlanCompound(RegionEvent[] events, ConcurrentTarget target, RewritePlan plan)
    {
        if (events is [{ CollectionOperation: CollectionOperation.Snapshot } copy, { CollectionOperation: CollectionOperation.Clear } clear])
        {
            return ReferenceEquals(copy.Frame, clear.Frame) && Drain.TryPlan(
                copy.Operation.Syntax, clear.Operation.Syntax, _collection.Mentions.Of(_collection.Field, _cancellationToken), Candidate, target, plan);
        }

        RegionOperation[] operations = events.Select(RegionOperation.Of).OfType<RegionOperation>().ToArray();
        bool inOneBody = operations.Length == events.Length && events.All(happening => ReferenceEquals(happening.Frame, events[0].Frame));
        if (!inOneBody)
            return false;

        if (operations.All(operation => plan.Covers(operation.Syntax)))
            return true; // a helper that several regions call has been seen already

        var context = new CompoundContext(operations, Candidate, target, ModelOf(operations[0].Syntax), plan);
        IRegionShape? shape = Shapes.FirstOrDefault(shape => shape.TryPlan(context));
        _runsFactoryOnce |= context.RunsFactoryOnce;
        _addsOtherwise |= shape is TryAdd or Upsert or UpsertExpression or GetOrAdd && !context.RunsFactoryOnce;
        return shape is not null;
    }

    /// <summary>
    /// A caller that holds the lock around several regions makes one operation of them. The verdict looks at the inner regions.
    /// </summary>
    private bool HasRegionsAroundRegions()
    {
        var regions = new HashSet<LockRegion>(_collection.Verdict.Regions.Select(judged => judged.Region));
        return Candidate.Accesses.Any(access => access.Held.Any(regions.Contains)
            && access.Held.Count(region => region.Lock.RelativeTo(access.Instance).Equals(_collection.Verdict.Lock)) > 1);
    }

    private string? PlanSingleOperations(TypeSyntax typeSyntax)
    {
        var construction = new HashSet<SyntaxNode>(Candidate.Accesses.Where(access => access.InConstruction).Select(access => access.Operation.Syntax));
        IReadOnlyList<IOperation> values = _collection.Model.FactsOf(_collection.Field).AssignedValues;
        foreach (ExpressionSyntax mention in _collection.Mentions.Of(_collection.Field, _cancellationToken))
        {
            RewritePlan plan = PlanOf(mention);
            if (plan.Covers(mention))
                continue;

            bool isReplacement = mention.Parent is AssignmentExpressionSyntax assignment && assignment.Left == mention && !construction.Contains(assignment);
            var creation = new CollectionCreation(Candidate, _target, typeSyntax, ModelOf(mention));
            bool planned = isReplacement
                ? ClearByReplacement.TryPlan((AssignmentExpressionSyntax)mention.Parent!, mention, values, ModelOf(mention), plan)
                : new SingleOperation(Candidate, _target, ModelOf(mention), creation).TryPlan(mention, plan);
            if (!planned)
                return $"'{mention.Parent}' has no concurrent counterpart";
        }

        return null;
    }

    /// <summary>The lock goes when nothing is left that it serves; while something is left, it stays. Either is right.</summary>
    private void PlanLock()
    {
        if (_collection.Verdict.Lock?.LastMember is IFieldSymbol gate && !SymbolEqualityComparer.Default.Equals(gate, _collection.Field))
            new LockFieldRemoval(_collection.Mentions, _regions, PlanOf).Plan(gate, _cancellationToken);
    }
}
