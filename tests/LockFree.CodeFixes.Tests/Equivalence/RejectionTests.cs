using LockFree.CodeFixes.Tests.HotCollections;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>The machinery itself: code that is wrong in the ways fixes could be wrong must not pass for equivalent.</summary>
public sealed class RejectionTests
{
    private const string Map = "private readonly Dictionary<string, int> _map = new(PacedComparer.Instance);";
    private const string ConcurrentMap = "private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _map = new(PacedComparer.Instance);";

    [Fact]
    public Task A_factory_with_effects_that_every_racing_caller_runs() => MapRejectedAsync(
        "public Sessions() { Loader.Reset(); }\n" + MapShapes.Once,
        """
        public Sessions() { Loader.Reset(); }
        public int Loaded(string key) { return _map.GetOrAdd(key, missing => Loader.Load(missing)); }
        public bool TryGet(string key, out int value) { return _map.TryGetValue(key, out value); }
        public int Loads() => Loader.Loads;
        """,
        "Loads");

    [Fact]
    public Task A_check_and_then_an_act() => MapRejectedAsync(
        MapShapes.Compounds,
        "public bool AddedIfMissing(string key, int value) { if (_map.ContainsKey(key)) return false; _map[key] = value; return true; }");

    [Fact]
    public Task A_lost_update() => MapRejectedAsync(
        MapShapes.Singles + "\n" + MapShapes.Compounds,
        """
        public void CountedAtOnce(string key) { _map[key] = _map.TryGetValue(key, out var n) ? n * 2 : 3; }
        public bool TryGet(string key, out int value) { return _map.TryGetValue(key, out value); }
        """,
        "TryGet");

    [Fact]
    public Task A_removal_torn_in_two_steps() => MapRejectedAsync(
        MapShapes.Singles + "\n" + MapShapes.Compounds,
        """
        public void Set(string key, int value) { _map[key] = value; }
        public int Taken(string key) { if (_map.TryGetValue(key, out var value)) { _map.TryRemove(key, out _); return value; } return -1; }
        """);

    [Fact]
    public Task A_look_up_torn_in_two_steps() => MapRejectedAsync(
        MapShapes.Singles + "\n" + MapShapes.Compounds,
        """
        public void Set(string key, int value) { _map[key] = value; }
        public bool Remove(string key) { return _map.TryRemove(key, out _); }
        public int AskedAndRead(string key) { if (_map.ContainsKey(key)) return _map[key]; return -1; }
        """);

    [Fact]
    public Task A_copy_and_a_clearing_between_which_an_entry_is_lost() => MapRejectedAsync(
        MapShapes.Singles + "\n" + MapShapes.ShardedOnly,
        """
        public bool TryAdd(string key, int value) { return _map.TryAdd(key, value); }
        public KeyValuePair<string, int>[] Drained() { var all = _map.ToArray(); _map.Clear(); return all; }
        """,
        "Drained");

    [Fact]
    public Task A_counter_that_is_only_volatile() => RejectedAsync(
        "public sealed class Sessions { private int _n; public int Next() { return ++_n; } }",
        "public sealed class Sessions { private volatile int _n; public int Next() { int n = _n + 1; _n = n; return n; } }",
        "Next");

    [Fact]
    public Task A_gate_through_which_two_may_go() => RejectedAsync(
        "public sealed class Sessions { private bool _done; public bool Enter() { if (_done) return false; _done = true; return true; } }",
        "public sealed class Sessions { private volatile bool _done; public bool Enter() { if (_done) return false; _done = true; return true; } }",
        "Enter");

    [Fact]
    public Task A_value_that_two_take() => RejectedAsync(
        "public sealed class Sessions { private string? _f; public void Set(string f) { _f = f; } public string? Take() { var old = _f; _f = null; return old; } }",
        "public sealed class Sessions { private volatile string? _f; public void Set(string f) { _f = f; } public string? Take() { var old = _f; _f = null; return old; } }",
        "Take");

    private static Task MapRejectedAsync(string before, string after, params string[] runLast) => RejectedAsync(
        CollectionFix.Class(before, Map) + MapShapes.RacingLoader, CollectionFix.Class(after, ConcurrentMap) + MapShapes.RacingLoader, runLast);

    private static async Task RejectedAsync(string before, string after, params string[] runLast)
    {
        var rejection = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => EquivalentInEveryHistory.VerifyAsync(
            before + PacedSource.Declarations, after + PacedSource.Declarations, seed: 104, perMethod: 3000, runLast: runLast));
        Assert.Contains("No order explains this history", rejection.Message);
    }
}
