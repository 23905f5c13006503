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
}
