namespace LockFree.Analyzers.Tests.ConcurrentMaps;

public sealed class CostlyMapReadTests
{
    [Theory]
    [InlineData("_counts.Count == 0")]
    [InlineData("_counts.Count != 0")]
    [InlineData("_counts.Count > 0")]
    [InlineData("_counts.Count < 1")]
    [InlineData("_counts.Count >= 1")]
    [InlineData("0 < _counts.Count")]
    [InlineData("_counts.Any()")]
    [InlineData("_counts.Keys.Count == 0")]
    public async Task Asking_for_emptiness_in_a_loop_is_found(string test)
    {
        Assert.Equal([$"LF1003 info {test}"], await MapSource.FindingsInClassAsync($"public void M() {{ while ({test}) Thread.Yield(); }}"));
        Assert.Equal([$"LF1003 info {test}"], await MapSource.FindingsInClassAsync($"public void M() {{ do {{ if ({test}) return; }} while (Thread.Yield()); }}"));
    }

    [Theory]
    [InlineData("_counts.Keys.Count == 0")]
    [InlineData("_counts.Values.Any()")]
    [InlineData("_counts.Keys.Any()")]
    [InlineData("_counts.Keys.Contains(k)")]
    public async Task A_copy_made_for_a_test_is_found_outside_of_loops_too(string test) => Assert.Equal(
        [$"LF1003 info {test}"], await MapSource.FindingsInClassAsync($"public bool M(string k) => {test};"));

    [Theory]
    [InlineData("_counts.Keys.Count")]
    [InlineData("_counts.Values.Count")]
    [InlineData("_counts.Values.Count()")]
    public async Task A_copy_made_to_be_counted_is_found(string count) => Assert.Equal(
        [$"LF1003 info {count}"], await MapSource.FindingsInClassAsync($"public int M() => {count};"));

    [Theory]
    [InlineData("_counts.Keys", "Console.WriteLine(x)")]
    [InlineData("_counts.Values", "sum += x")]
    [InlineData("_counts.ToArray()", "sum += x.Value")]
    [InlineData("_counts.Keys", "_counts.TryRemove(x, out _)")]
    [InlineData("_counts.ToArray()", "_counts.TryRemove(x.Key, out _)")]
    [InlineData("_texts.Values", "if (x.Length > 3) return")]
    public async Task A_copy_made_to_be_enumerated_is_found(string copy, string body) => Assert.Equal(
        [$"LF1003 info {copy}"], await MapSource.FindingsInClassAsync($"public int sum; public void M() {{ foreach (var x in {copy}) {{ {body}; }} }}"));

    [Theory]
    [InlineData("_counts[x] = 1")]
    [InlineData("_counts.TryAdd(x + \"1\", 1)")]
    [InlineData("_counts.AddOrUpdate(x + \"1\", 1, (_, n) => n)")]
    [InlineData("_counts.TryRemove(x + \"1\", out _)")]
    [InlineData("_counts.Clear()")]
    [InlineData("Other(x)")]
    [InlineData("Changed?.Invoke(x)")]
    [InlineData("await Task.Yield()")]
    [InlineData("Run(() => x)")]
    public async Task A_copy_is_left_alone_where_the_loop_may_change_the_map(string body) => Assert.Empty(await MapSource.FindingsInClassAsync($$"""
        public event Action<string>? Changed;
        public async Task M() { await Task.Yield(); foreach (var x in _counts.Keys) { {{body}}; } }
        void Other(string x) => _counts.TryAdd(x + "1", 1);
        static void Run(Func<string> f) => f();
        """));

    [Fact]
    public async Task A_copy_is_left_alone_where_the_loop_hands_out_its_items() => Assert.Empty(
        await MapSource.FindingsInClassAsync("public IEnumerable<string> M() { foreach (var x in _counts.Keys) yield return x; }"));

    [Theory]
    [InlineData("_counts.IsEmpty")]
    [InlineData("_counts.Count == 0")]
    [InlineData("_counts.Any()")]
    [InlineData("_counts.Any(p => p.Value > 1)")]
    [InlineData("_counts.Values.ToList().Count == 0")]
    [InlineData("_counts.Count == 1")]
    [InlineData("_counts.Count > 1")]
    [InlineData("_counts.Keys.Contains(k, StringComparer.OrdinalIgnoreCase)")]
    public async Task Silent_outside_of_a_loop(string test) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public bool M(string k) => {test};"));

    [Theory]
    [InlineData("foreach (var pair in _counts) { }")]
    [InlineData("foreach (var n in _counts.Values.ToList()) { }")]
    [InlineData("while (_counts.Count > 3) Thread.Yield();")]
    [InlineData("for (int i = 0; i < _counts.Count; i++) { }")]
    public async Task Silent_in_a_loop(string body) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public void M() {{ {body} }}"));

    [Fact]
    public async Task Our_own_map_counts_without_a_lock() => Assert.Empty(await MapSource.FindingsAsync("""
        class C
        {
            private readonly LockFree.ShardedMap<string, int> _map = new();
            public void M() { while (_map.Count == 0) Thread.Yield(); foreach (var x in _map.Keys) Console.WriteLine(x); }
        }
        """, """
        namespace LockFree { public class ShardedMap<TKey, TValue> { public int Count => 0; public List<TKey> Keys => new(); } }
        """));

    [Theory]
    [InlineData("public void Dispose()")]
    [InlineData("protected virtual void Dispose(bool disposing)")]
    [InlineData("public async ValueTask DisposeAsync()")]
    [InlineData("void IDisposable.Dispose()")]
    [InlineData("~C()")]
    [InlineData("protected override async ValueTask DisposeAsyncCore()")]
    [InlineData("public void DisposeAll()")]
    public async Task Silent_where_the_object_ends_its_life(string member) => Assert.Empty(await MapSource.FindingsAsync($$"""
        abstract class Base { protected abstract ValueTask DisposeAsyncCore(); }
        interface IOwner { void DisposeAll(); }
        class C : {{(member.Contains("override") ? "Base" : member.Contains("DisposeAll") ? "IOwner" : member.Contains("~") || member.Contains("virtual") || member.Contains("async") ? "object" : "IDisposable")}}
        {
            private readonly ConcurrentDictionary<string, Stream> _streams = new();
            {{member}} { foreach (Stream stream in _streams.Values) { stream.Dispose(); } }
        }
        """, "global using System.IO;"));

    [Theory]
    [InlineData("[OneTimeTearDown] public void End()", 0)]
    [InlineData("[TestCleanup] public static void End()", 0)]
    [InlineData("[OneTimeSetUp] public void Begin()", 1)]
    public async Task Silent_where_a_test_has_ended(string member, int findings) => Assert.Equal(findings, (await MapSource.FindingsAsync($$"""
        class OneTimeTearDownAttribute : Attribute { }
        class TestCleanupAttribute : Attribute { }
        class OneTimeSetUpAttribute : Attribute { }
        class C
        {
            private static readonly ConcurrentDictionary<string, Stream> _streams = new();
            {{member}} { foreach (Stream stream in _streams.Values) { stream.Dispose(); } }
        }
        """, "global using System.IO;")).Length);

    [Theory]
    [InlineData("public void DisposeAll()")]
    [InlineData("public void Close()")]
    [InlineData("public static void Dispose(C _map)")]
    [InlineData("public void Dispose(string name)")]
    public async Task A_name_alone_does_not_say_that_the_object_ends_its_life(string member) => Assert.Single(await MapSource.FindingsAsync($$"""
        class C
        {
            private static readonly ConcurrentDictionary<string, Stream> _streams = new();
            {{member}} { foreach (Stream stream in _streams.Values) { stream.Dispose(); } }
        }
        """, "global using System.IO;"));

    [Theory]
    [InlineData("foreach (var x in _texts.Values) { sum += x.Length; } _texts.Clear();", 0)]
    [InlineData("foreach (var x in _texts.Values) { sum += x.Length; } sum++; _texts.Clear(); sum++;", 0)]
    [InlineData("foreach (var x in _texts.Values) { sum += x.Length; } _counts.Clear();", 1)]
    [InlineData("_texts.Clear(); foreach (var x in _texts.Values) { sum += x.Length; }", 1)]
    [InlineData("foreach (var x in _texts.Values) { sum += x.Length; } if (sum > 9) { _texts.Clear(); }", 1)]
    public async Task Silent_where_the_map_is_cleared_behind_the_loop(string body, int findings) => Assert.Equal(
        findings, (await MapSource.FindingsInClassAsync($"public int sum; public void M() {{ {body} }}")).Length);
}
