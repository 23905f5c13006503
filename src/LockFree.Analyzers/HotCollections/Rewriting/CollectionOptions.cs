using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Which targets a field's file wants: <c>lockfree.map_type = ShardedMap | ConcurrentDictionary</c> in .editorconfig, or the ones there are.</summary>
internal static class CollectionOptions
{
    private const string MapType = "lockfree.map_type";

    /// <summary>
    /// The preferred one first: where the whole is copied, the one whose copy shows one moment, as the copy under the lock did; a
    /// <c>ShardedMap</c> copies bucket by bucket. What the references do not have is sorted out by <see cref="ConcurrentTarget.TypeFor"/>.
    /// </summary>
    public static IReadOnlyList<ConcurrentTarget> TargetsFor(AnalyzerConfigOptions? options, DictionaryVerdict verdict)
    {
        ConcurrentTarget[] all = verdict.CopiesTheWhole
            ? [ConcurrentDictionaryTarget.Instance, ShardedTarget.Instance]
            : [ShardedTarget.Instance, ConcurrentDictionaryTarget.Instance];
        if (options is null || !options.TryGetValue(MapType, out string? wanted))
            return all;

        ConcurrentTarget[] chosen = all.Where(target => target.Name.Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray();
        return chosen.Length > 0 ? chosen : all;
    }
}
