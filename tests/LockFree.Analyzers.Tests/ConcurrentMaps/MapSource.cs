using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ConcurrentMaps;

/// <summary>Runs the analyzer of the concurrent maps over a source, with the usings it needs.</summary>
internal static class MapSource
{
    private const string Usings = "global using System.Collections.Concurrent; global using System.Collections.Immutable;";

    /// <summary>The findings as lines "LF1002 warning _map.ContainsKey(key)".</summary>
    public static Task<string[]> FindingsAsync(params string[] sources) =>
        AnalyzedSource.FindingsAsync(new ConcurrentMapAnalyzer(), [.. sources, Usings]);

    /// <summary>The findings in a class with a map of strings to integers, one of strings to lists, and one of strings to streams.</summary>
    public static Task<string[]> FindingsInClassAsync(string members) => FindingsAsync($$"""
        class C
        {
            private readonly object _gate = new();
            private readonly ConcurrentDictionary<string, int> _counts = new();
            private readonly ConcurrentDictionary<string, List<int>> _lists = new();
            private readonly ConcurrentDictionary<string, System.IO.FileStream> _files = new();
            private readonly ConcurrentDictionary<string, string> _texts = new();
            {{members}}
        }
        """);
}
