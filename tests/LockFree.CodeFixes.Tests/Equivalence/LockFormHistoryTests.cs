using LockFree.CodeFixes.Tests.HotCollections;
using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>LF1001: whichever form of lock was taken away, in one thread and in several.</summary>
public sealed class LockFormHistoryTests
{
    private const string Members = """
        public void Set(string key, int value) { Enter { _map[key] = value; } Leave }
        public bool Remove(string key) { Enter { return _map.Remove(key); } Leave }
        public int Early(string key, int value, bool really) { Enter { if (!really) return -1; if (_map.ContainsKey(key)) return -2; _map.Add(key, value); return value; } Leave }
        public int Found(string key) { int found; Enter { if (!_map.TryGetValue(key, out found)) return -1; } Leave return found; }
        public int Given(string key, int value) { Enter { if (_map.TryGetValue(key, out var found)) return found; _map[key] = value; return value; } Leave }
        public void Counted(string key) { Enter { if (_map.TryGetValue(key, out var n)) _map[key] = n + 1; else _map.Add(key, 1); } Leave }
        public void Emptied() { Enter { _map.Clear(); } Leave }
        """;

    [Fact]
    public Task A_lock_on_the_collection_itself() => VerifyAsync(Sharded, "", "lock (_map)", "");

    [Fact]
    public Task The_scope_of_a_lock() => VerifyAsync(Sharded, "private readonly Lock _gate = new();", "using (_gate.EnterScope())", "");

    [Fact]
    public Task A_reader_writer_lock() => VerifyAsync(
        Concurrent, "private readonly ReaderWriterLockSlim _gate = new();", "_gate.EnterWriteLock(); try", "finally { _gate.ExitWriteLock(); }");

    [Fact]
    public Task A_monitor() => VerifyAsync(Concurrent, "private readonly object _gate = new();", "Monitor.Enter(_gate); try", "finally { Monitor.Exit(_gate); }");

    [Fact]
    public Task Static_state() => VerifyAsync(
        Sharded, "private static readonly object Gate = new();\n    public Sessions() { lock (Gate) { _map.Clear(); } }", "lock (Gate)", "", isStatic: true);

    [Theory]
    [InlineData(Sharded)]
    [InlineData(Concurrent)]
    public Task A_map_that_another_takes_the_place_of(string target) => VerifyAsync(target, "private readonly object _gate = new();", "lock (_gate)", "", isReplaced: true);

    private static async Task VerifyAsync(string target, string gate, string enter, string leave, bool isStatic = false, bool isReplaced = false)
    {
        string members = Members.Replace("Enter", enter).Replace("Leave", leave);
        if (isReplaced)
            members = members.Replace("_map.Clear();", "_map = new();");

        // A comparer would be lost with the map that is replaced: there the default one stays.
        string creation = isReplaced ? "new()" : "new(PacedComparer.Instance)";
        string field = $"private {(isStatic ? "static " : "")}{(isReplaced ? "" : "readonly ")}Dictionary<string, int> _map = {creation};";
        string before = $"public sealed class Sessions\n{{\n    {gate}\n    {field}\n    {members.Replace("\n", "\n    ")}\n}}\n" + PacedSource.Declarations;
        string after = await FixAsync(before, target);
        Assert.DoesNotContain("lock (", after);
        await TwinRun.CompareAsync(before, after, seed: 110, steps: 1500, withNull: true);
        await EquivalentInEveryHistory.VerifyAsync(before, after, seed: 111, runLast: ["Found"]);
    }
}
