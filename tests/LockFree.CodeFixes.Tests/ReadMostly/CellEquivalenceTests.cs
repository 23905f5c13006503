using LockFree.CodeFixes.ReadMostly;
using LockFree.CodeFixes.Tests.HotCollections;

namespace LockFree.CodeFixes.Tests.ReadMostly;

/// <summary>The code before and after LF2001's fixes, run side by side.</summary>
public sealed class CellEquivalenceTests
{
    private static readonly CellUnderLockCodeFixProvider Provider = new();

    [Theory]
    [InlineData("LF2001.Field")]
    [InlineData("LF2001.SwapCell")]
    public async Task A_snapshot(string key) => await VerifyAsync(key, """
        private string? _f = "first";
        public string? Get() { lock (_gate) { return _f; } }
        public bool Has() { lock (_gate) { return _f is not null; } }
        public void Get(out string? f) { lock (_gate) { f = _f; } }
        public void Set(string? f) { if (f == "dd") throw new ArgumentException(); lock (_gate) { _f = f; } }
        public void Reset() { lock (_gate) { _f = null; } }
        public string? Take() { lock (_gate) { var old = _f; _f = null; return old; } }
        public string? Swap(string? f) { string? old; lock (_gate) { old = _f; _f = f; } return old; }
        public bool Drop() { lock (_gate) { var old = _f; _f = null; return old != null; } }
        """);

    [Fact]
    public async Task A_gate() => await VerifyAsync("LF2001.Field", """
        private bool _f;
        public bool Open() { lock (_gate) { if (_f) return false; _f = true; return true; } }
        public bool Close() { lock (_gate) { if (!_f) return false; _f = false; return true; } }
        public void Require() { lock (_gate) { if (_f) throw new InvalidOperationException("open"); _f = true; } }
        public int Enter() { lock (_gate) { if (!_f) { _f = true; } else { return 0; } } return 1; }
        public void Leave() { lock (_gate) { _f = false; } }
        public bool IsOpen { get { lock (_gate) { return _f; } } }
        """);

    [Theory]
    [InlineData("int")]
    [InlineData("long")]
    public async Task A_counter(string type) => await VerifyAsync("LF2001.Field", $$"""
        private {{type}} _f;
        public {{type}} Next() { lock (_gate) { return ++_f; } }
        public {{type}} Last() { lock (_gate) { return _f--; } }
        public {{type}} Post() { lock (_gate) { return _f++; } }
        public void Up() { lock (_gate) { _f++; } }
        public void Add(int n) { lock (_gate) { _f += n; } }
        public {{type}} Sub(int n) { lock (_gate) { return _f -= n * 2; } }
        public {{type}} Both() { lock (_gate) { --_f; return _f; } }
        public void Out(out {{type}} f) { lock (_gate) { f = _f; } }
        public void Near() { lock (_gate) { _f = {{type}}.MaxValue; } }
        public {{type}} Get() { lock (_gate) { return _f; } }
        """);

    private static async Task VerifyAsync(string key, string members)
    {
        string before = Class(members);
        string after = await new FieldFix(Provider, key).FixAsync(before);
        Assert.DoesNotContain("lock (", after);
        await TwinRun.CompareAsync(before, after, seed: 20, steps: 3000, withNull: true);
        await TwinRun.CompareAsync(before, after, seed: 21, steps: 3000, withNull: true);
    }

    private static string Class(string members) =>
        $"public sealed class Sessions\n{{\n    private readonly object _gate = new();\n    {members.Replace("\n", "\n    ")}\n}}\n";
}
