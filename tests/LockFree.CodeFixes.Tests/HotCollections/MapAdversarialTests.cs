using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Regions that look like one operation of a map and are more: a fix would change what the caller sees.</summary>
public sealed class MapAdversarialTests
{
    private const string Get = "public int Get(string key) { lock (_gate) { return _map[key]; } }\n";

    [Theory]
    [InlineData("ref parameter", "public bool Put(string key, ref int seen) { lock (_gate) { if (!_map.TryGetValue(key, out seen)) { _map.Add(key, 5); return true; } return false; } }")]
    [InlineData("out parameter", "public bool Put(string key, out int seen) { seen = 1; lock (_gate) { if (_map.TryGetValue(key, out seen)) return false; _map.Add(key, 5); return true; } }")]
    [InlineData("field", "private int _last; public int Last => _last; public void Put(string key) { lock (_gate) { if (!_map.TryGetValue(key, out _last)) _map.Add(key, 5); } }")]
    [InlineData("reference", "public void Put(string key, int[] all) { ref int seen = ref all[0]; lock (_gate) { if (!_map.TryGetValue(key, out seen)) _map.Add(key, 5); } }")]
    public Task What_a_look_up_assigns_beyond_the_call_is_not_lost(string place, string member) => AssertNotOfferedAsync(place, Get + member);

    [Theory]
    [InlineData("a call", "int.Parse(text)")]
    [InlineData("a member of what may be null", "text.Length")]
    [InlineData("an element", "list[0]")]
    [InlineData("a division", "n / m")]
    [InlineData("unboxing", "(int)any")]
    [InlineData("a nullable's value", "maybe.Value")]
    [InlineData("checked arithmetic", "checked(n + m)")]
    [InlineData("a nullable cast", "(int)maybe")]
    public async Task A_value_that_may_throw_is_made_for_a_missing_key_only(string what, string value)
    {
        const string Parameters = "string key, string text, List<int> list, int n, int m, object any, int? maybe";
        await AssertNotOfferedAsync(what, Get + $"public bool Put({Parameters}) {{ lock (_gate) {{ if (_map.ContainsKey(key)) return false; _map.Add(key, {value}); return true; }} }}");
        await AssertNotOfferedAsync(what, Get + $"public void Put({Parameters}) {{ lock (_gate) {{ if (_map.TryGetValue(key, out var old)) _map[key] = old + 1; else _map[key] = {value}; }} }}");
        await AssertNotOfferedAsync(what, Get + $"public void Put({Parameters}) {{ lock (_gate) {{ _map[key] = _map.TryGetValue(key, out var old) ? old + 1 : {value}; }} }}");
    }

    [Fact]
    public async Task A_cast_that_may_throw_runs_in_the_factory() => Assert.Contains(
        "_map.GetOrAdd(key, _ => (int)any)",
        await FixAsync(Class(Get + "public void Put(string key, object any) { lock (_gate) { if (!_map.ContainsKey(key)) _map.Add(key, (int)any); } }"), Sharded));

    [Theory]
    [InlineData("n + m")]
    [InlineData("(byte)n")]
    [InlineData("n > m ? n : -m")]
    public async Task A_value_that_cannot_throw_is_still_handed_over(string value) => Assert.Contains(
        $"_map.TryAdd(key, {value})",
        await FixAsync(Class(Get + $"public bool Put(string key, int n, int m) {{ lock (_gate) {{ if (_map.ContainsKey(key)) return false; _map.Add(key, {value}); return true; }} }}"), Sharded));

    [Theory]
    [InlineData("(Next())")]
    [InlineData("checked(Next() + 1)")]
    [InlineData("(Next())!")]
    public async Task What_stands_in_parentheses_has_effects_all_the_same(string value)
    {
        string next = Get + "private static int s_next; private static int Next() => ++s_next;\n";
        await AssertNotOfferedAsync(value, next + $"public bool Put(string key) {{ lock (_gate) {{ if (_map.ContainsKey(key)) return false; _map.Add(key, {value}); return true; }} }}");
        await AssertNotOfferedAsync(value, next + $"public void Put(string key) {{ lock (_gate) {{ if (_map.TryGetValue(key, out var old)) _map[key] = old + 1; else _map[key] = {value}; }} }}");
        await AssertNotOfferedAsync(value, next + $"public void Put(string key) {{ lock (_gate) {{ if (_map.TryGetValue(key, out var old)) _map[key] = (old + {value}); else _map[key] = 1; }} }}");
    }

    [Theory]
    [InlineData("public string Get(string key) { lock (_gate) { if (!_map.TryGetValue(key, out var made)) { made = Make(key); _map[key] = made; } return made; } } private string Make(string key) => key.Length > 3 ? Get(key.Substring(1)) : key;")]
    [InlineData("public string Get(string key) { lock (_gate) { if (!_map.TryGetValue(key, out var made)) { made = Make(key, this); _map[key] = made; } return made; } } private static string Make(string key, Sessions all) => key.Length > 3 ? all.Get(key.Substring(1)) : key;")]
    public Task A_factory_that_comes_back_to_the_map_is_for_a_person(string members) =>
        AssertNotOfferedAsync("recursion", members, "private readonly Dictionary<string, string> _map = new();");

    [Theory]
    [InlineData("public int At { get; set; } public string Next => \"k\" + At++;")]
    [InlineData("private int _at; public string Next { get { _at += 1; return \"k\" + _at; } }")]
    [InlineData("private readonly Queue<string> _names = new(); public string Next => _names.Dequeue();")]
    public async Task A_key_that_is_another_each_time_is_asked_for_as_often_as_before(string members)
    {
        string keys = Get + $"public sealed class Keys {{ {members} }}\n";
        await AssertNotOfferedAsync(members, keys + "public void Count(Keys keys) { lock (_gate) { if (_map.TryGetValue(keys.Next, out var n)) _map[keys.Next] = n + 1; else _map[keys.Next] = 1; } }");
        await AssertNotOfferedAsync(members, keys + "public int Look(Keys keys) { lock (_gate) { if (_map.ContainsKey(keys.Next)) return _map[keys.Next]; return 0; } } public void Set() { lock (_gate) _map[\"\"] = 1; }");
    }

    [Fact]
    public async Task A_key_that_is_put_together_by_a_property_is_asked_for_once() => Assert.Contains(
        "_map.AddOrUpdate(keys.Text, 1, (_, n) => n + 1)",
        await FixAsync(Class(Get + "public sealed class Keys { public string First { get; set; } = \"\"; public string Text => $\"{First}/{First.Length}\"; }\n"
            + "public void Count(Keys keys) { lock (_gate) { if (_map.TryGetValue(keys.Text, out var n)) _map[keys.Text] = n + 1; else _map[keys.Text] = 1; } }"), Sharded));

    [Fact]
    public Task A_field_that_a_formatter_writes_keeps_its_type() => AssertNotOfferedAsync(
        "serialized", "[Serializable] public sealed class Part { private readonly object _gate = new(); private readonly Dictionary<string, int> _own = new(); "
            + "public int Get(string key) { lock (_gate) { return _own[key]; } } public void Set(string key) { lock (_gate) { _own[key] = 1; } } }");

    [Fact]
    public Task Two_reads_of_a_struct_that_changes_itself_stay_two() => AssertNotOfferedAsync(
        "copies",
        "public struct Ring { public int At; public int Next() => ++At; }\npublic void Put(string key, Ring ring) { lock (_gate) _map[key] = ring; }\n"
            + "public int Twice(string key) { lock (_gate) { if (_map.ContainsKey(key)) return _map[key].Next() + _map[key].Next(); return 0; } }",
        "private readonly Dictionary<string, Ring> _map = new();");

    private static async Task AssertNotOfferedAsync(string what, string members, string? map = null)
    {
        Assert.NotEmpty(what);
        FixedSource source = SourceOf(new ProjectShape(), map is null ? Class(members) : Class(members, map));
        Assert.Empty((await source.CompilationAsync()).GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        foreach (var diagnostic in await source.DiagnosticsAsync())
            Assert.Empty(await source.OffersAsync(diagnostic));
    }
}
