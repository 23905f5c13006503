using System.Collections.Immutable;

namespace LockFree.Cli.Loading;

/// <summary>What the given paths led to.</summary>
/// <param name="Projects">Every project after those it refers to.</param>
/// <param name="Problems">Inputs that had to be left out, one line each; the rest is still checked, and the run ends with exit code 2.</param>
internal sealed record LoadedInput(ImmutableArray<ProjectSource> Projects, ImmutableArray<string> Problems)
{
    /// <summary>What MSBuild remarked about projects that it read all the same, one line each.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>The other projects that compile files of <paramref name="project"/>.</summary>
    public IEnumerable<ProjectSource> SharersOf(ProjectSource project)
    {
        HashSet<string> sources = new(project.Sources, StringComparer.Ordinal);
        return Projects.Where(other => other.Id != project.Id && other.Sources.Any(sources.Contains));
    }
}
