using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Where something cannot be said exactly, nothing is offered: of all the regions of a field, or none.</summary>
public sealed class ExactnessTests
{
    private const string Set = "public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }\n";

    [Theory]
    [InlineData("a batch", "public void All(string[] keys) { lock (_gate) { foreach (var key in keys) _map[key] = 1; } }")]
    [InlineData("a read-modify-write of a key that must be there", "public void Count(string key) { lock (_gate) { _map[key]++; } }")]
    [InlineData("a caller that holds the lock around two operations",
        "public void Both(string key) { lock (_gate) { if (Has(key)) Set(key, 1); } } private bool Has(string key) { lock (_gate) { return _map.ContainsKey(key); } }")]
    [InlineData("a region around a region", "public void Outer(string key) { lock (_gate) { Set(key, 1); } }")]
    [InlineData("an alias", "public int Get(string key) { lock (_gate) { var map = _map; return map[key]; } }")]
    [InlineData("a factory that returns from the method",
        "public int Get(string key) { lock (_gate) { if (_map.TryGetValue(key, out var v)) return v; if (key == \"\") return 0; v = System.IO.File.ReadAllText(key).Length; _map[key] = v; return v; } }")]
    [InlineData("a factory with an out parameter",
        "public int Get(string key, out int made) { lock (_gate) { made = 0; if (_map.TryGetValue(key, out var v)) return v; v = System.IO.File.ReadAllText(key).Length; made = v; _map[key] = v; return v; } }")]
    [InlineData("a member no concurrent map has", "public bool Any(int value) { lock (_gate) { return _map.ContainsValue(value); } }")]
    [InlineData("a value that must be made once, while Set would not wait for it",
        "public int Get(string key) { lock (_gate) { if (_map.TryGetValue(key, out var v)) return v; v = System.IO.File.ReadAllText(key).Length; _map[key] = v; return v; } }")]
    [InlineData("several keys", "public void Move(string a, string b) { lock (_gate) { _map[b] = _map[a]; } }")]
    public async Task Not_offered_for(string what, string members)
    {
        Assert.NotEmpty(what);
        FixedSource source = SourceOf(new ProjectShape(), Class(Set + members));
        foreach (var diagnostic in await source.DiagnosticsAsync())
            Assert.Empty(await source.OffersAsync(diagnostic));
    }

    [Theory]
    [InlineData("public void Add(string key) { lock (_gate) { _map.Add(key, 1); } }", false)]
    [InlineData("public bool Add(string key) { lock (_gate) { if (_map.ContainsKey(key)) return false; _map.Add(key, 1); return true; } }", false)]
    [InlineData("public void Count(string key) { lock (_gate) { _map[key] = _map.TryGetValue(key, out var n) ? n + 1 : 1; } }", false)]
    [InlineData("public int Length(string key) { lock (_gate) { if (_map.TryGetValue(key, out var n)) return n; n = key.Length; _map[key] = n; return n; } }", false)]
    [InlineData("public void Double(string key) { lock (_gate) { if (_map.TryGetValue(key, out var n)) _map[key] = n * 2; } }", true)]
    [InlineData("public bool Remove(string key) { lock (_gate) { return _map.Remove(key); } }", true)]
    [InlineData("public void Clear() { lock (_gate) { _map.Clear(); } }", true)]
    [InlineData("public Sessions() { _map.Add(\"\", 0); }", true)]
    public async Task Beside_a_value_that_must_be_made_once(string members, bool offered)
    {
        const string Once = "public int Get(string key) { lock (_gate) { if (_map.TryGetValue(key, out var v)) return v; v = System.IO.File.ReadAllText(key).Length; _map[key] = v; return v; } }\n";
        Assert.Equal(offered ? [Sharded] : [], await OfferedAsync(Class(Once + members)));
    }

    [Fact]
    public async Task A_value_that_takes_another_type_on_its_way_still_does() => Assert.Contains(
        "_ => { long made = key.Length; return made; }",
        string.Join(" ", (await FixAsync(
            Class(
                "public object Get(string key) { lock (_gate) { if (_map.TryGetValue(key, out var found)) return found; long made = key.Length; _map[key] = made; return made; } }",
                "private readonly Dictionary<string, object> _map = new();"),
            Sharded)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("missingKey", "key").Replace("key =>", "_ =>"));

    [Fact]
    public async Task Values_that_are_delegates_are_not_taken_for_factories() => Assert.DoesNotContain(
        "GetOrAdd(key, work)",
        await FixAsync(
            Class(
                "public Func<string, int> Get(string key, Func<string, int> work) { lock (_gate) { if (_map.TryGetValue(key, out var found)) return found; _map[key] = work; return work; } }",
                "private readonly Dictionary<string, Func<string, int>> _map = new();"),
            Sharded));

    [Fact]
    public async Task A_comparer_and_a_throwing_Add_survive()
    {
        string after = await FixAsync(
            Class("public void Add(string key) { lock (_gate) { _map.Add(key, 1); } }", "private readonly Dictionary<string, int> _map = new(StringComparer.OrdinalIgnoreCase);"),
            Concurrent);
        Assert.Contains("new(StringComparer.OrdinalIgnoreCase)", after);
        Assert.Contains("((IDictionary<string, int>)_map).Add(key, 1);", after);
    }
}
