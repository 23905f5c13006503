namespace LockFree.Analyzers.HotCollections.Rewriting.Shapes;

/// <summary>Several operations of one region that a concurrent collection has a single one for.</summary>
internal interface IRegionShape
{
    /// <summary>Plans the rewrite if the operations are of this shape, all of them and exactly; else leaves the plan as it is.</summary>
    bool TryPlan(CompoundContext context);
}
