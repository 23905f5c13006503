using LockFree.Analyzers.ConcurrentMaps;
using LockFree.CodeFixes.ConcurrentMaps;
using LockFree.CodeFixes.Tests.HotCollections;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>LF1002: run by one thread nothing has changed; run by several, each does what one thread alone would do. The race is gone.</summary>
public sealed class MapRaceHistoryTests
{
    private const string Members = """
        public int Cached(string k) { if (!_map.TryGetValue(k, out var n)) { n = k.Length + 7; _map[k] = n; } return n; }
        public int CachedEarly(string k) { if (_map.TryGetValue(k, out var n)) return n; n = k.Length + 8; _map[k] = n; return n; }
        public int CachedAtOnce(string k) { if (!_map.TryGetValue(k, out var n)) _map[k] = n = k.Length + 9; return n; }
        public int CachedByTryAdd(string k) { if (!_map.TryGetValue(k, out var n)) { n = k.Length + 6; _map.TryAdd(k, n); } return n; }
        public void Ensured(string k) { if (!_map.ContainsKey(k)) _map[k] = k.Length + 5; }
        public void CountedByChoice(string k) { _map[k] = _map.TryGetValue(k, out var n) ? n + 1 : 1; }
        public void Counted(string k) { if (_map.TryGetValue(k, out var n)) _map[k] = n + 1; else _map[k] = 1; }
        public void Raised(string k, int m) { if (!_map.TryGetValue(k, out var n)) { _map[k] = 1; } else { _map[k] = Math.Max(n, m); } }
        public void Summed(string k, int m) { _map.TryGetValue(k, out int n); _map[k] = n + m; }
        public void Marked(string k) { if (_map.ContainsKey(k)) return; _map.TryAdd(k, 1); Start(); }
        public void MarkedBySet(string k) { if (_map.ContainsKey(k)) return; _map[k] = 2; Start(); }
        public void MarkedInside(string k) { if (!_map.ContainsKey(k)) { _map.TryAdd(k, 3); Start(); } }
        private int _starts;
        private void Start() => Interlocked.Increment(ref _starts);
        public int Starts() => _starts;
        public void Required(string k, int m) { if (_map.ContainsKey(k)) throw new InvalidOperationException(); _map[k] = m; }
        public int Read(string k) { if (_map.ContainsKey(k)) return _map[k]; return -1; }
        public int ReadEarly(string k) { if (!_map.ContainsKey(k)) return -1; return _map[k]; }
        public int ReadByChoice(string k) { return _map.ContainsKey(k) ? _map[k] : -1; }
        public bool Found(string k, out int n) { return _map.TryGetValue(k, out n); }
        public void Set(string k, int m) { _map[k] = m; }
        public bool Removed(string k) { return _map.TryRemove(k, out _); }
        """;

    [Theory]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary")]
    [InlineData("LockFree.ShardedMap")]
    public async Task Every_race_that_has_a_fix(string map)
    {
        string before = Source(map);
        string after = await FixAsync(before);
        Assert.DoesNotContain("ContainsKey", after);
        await TwinRun.CompareAsync(before, after, seed: 120, steps: 3000, withNull: true);
        await EquivalentInEveryHistory.VerifyAsync(before, after, seed: 121, runAlone: ["Starts"], runLast: ["Found", "Starts"]);
    }

    /// <summary>
    /// A value that comes between the test and the removal stays, even one that the test would select: nobody has tested it. With that the fix does less
    /// than a thread alone would do, but nothing else.
    /// </summary>
    [Theory]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary")]
    [InlineData("LockFree.ShardedMap")]
    public async Task A_removal_takes_away_what_was_tested_or_nothing(string map)
    {
        string before = Source(map, """
            public void Dropped(string k) { if (_map.TryGetValue(k, out var n) && n > 1) { _map.TryRemove(k, out _); } }
            public bool Found(string k, out int n) { return _map.TryGetValue(k, out n); }
            public void Set(string k, int m) { _map[k] = m; }
            public bool Marked(string k, int m) { return _map.TryAdd(k, m); }
            """);
        string after = await FixAsync(before);
        Assert.Contains("new KeyValuePair<string, int>(k, n)", after);
        await TwinRun.CompareAsync(before, after, seed: 123, steps: 1500, withNull: true);
        await EquivalentInEveryHistory.VerifyAsync(before, after, seed: 124, perMethod: 60, runLast: ["Found"], mayDoNothing: ["Dropped"]);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => EquivalentInEveryHistory.VerifyAsync(before, before, seed: 125, perMethod: 3000, runLast: ["Found"], mayDoNothing: ["Dropped"]));
    }

    [Fact]
    public async Task The_race_is_there_before()
    {
        string before = Source("LockFree.ShardedMap");
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => EquivalentInEveryHistory.VerifyAsync(before, before, seed: 122, perMethod: 1000, runAlone: ["Starts"], runLast: ["Found", "Starts"]));
    }

    private static async Task<string> FixAsync(string source)
    {
        var project = new FixedSource(new ConcurrentMapAnalyzer(), new CheckThenActCodeFixProvider(), new ProjectShape(), source);
        await project.FixAllAsync("LF1002.Atomic");
        return Assert.Single(await project.TextsAsync());
    }

    private static string Source(string map, string members = Members)
        => $"public sealed class Sessions\n{{\n    private readonly {map}<string, int> _map = new(PacedComparer.Instance);\n{members}\n}}\n" + PacedSource.Declarations;
}
