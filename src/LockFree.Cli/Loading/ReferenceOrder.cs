using System.Collections.Immutable;

namespace LockFree.Cli.Loading;

/// <summary>Orders projects so that each comes after those it refers to.</summary>
internal static class ReferenceOrder
{
    /// <summary>Depth-first, roots by id, so that the order does not depend on that of the input. A cycle is cut where it closes.</summary>
    public static ImmutableArray<ProjectSource> Sort(IEnumerable<ProjectSource> projects)
    {
        Dictionary<string, ProjectSource> byId = projects.ToDictionary(project => project.Id, StringComparer.Ordinal);
        HashSet<string> visited = new(StringComparer.Ordinal);
        ImmutableArray<ProjectSource>.Builder sorted = ImmutableArray.CreateBuilder<ProjectSource>(byId.Count);
        foreach (string id in byId.Keys.Order(StringComparer.Ordinal))
            Visit(id);
        return sorted.ToImmutable();

        void Visit(string id)
        {
            if (!byId.TryGetValue(id, out ProjectSource? project) || !visited.Add(id))
                return;
            foreach (string reference in project.ProjectReferences)
                Visit(reference);
            sorted.Add(project);
        }
    }
}
