namespace LockFree.Analyzers.Tests.Traps;

/// <summary>The traps of LF1001. Scoped services (17) are no business of a collection.</summary>
internal static class CollectionTraps
{
    private const string Rule = "LF1001";

    private static readonly string[] Silent = [];
    private static readonly string[] Info = ["info"];
    private static readonly string[] Warning = ["warning"];

    public static IEnumerable<Trap> All =>
    [
        Of(0, "nothing is wrong", Warning, "public bool M(string k) { lock (_gate) { if (_map.ContainsKey(k)) return false; _map.Add(k, 1); return true; } }"),
        Of(1, "a batch", Info, "public void M(string[] keys) { lock (_gate) { foreach (var k in keys) _map[k] = 1; } }"),
        Of(1, "a batch in a lambda", Info, "public void M(string[] keys) { lock (_gate) { Array.ForEach(keys, k => _map[k] = 1); } }"),
        Trap(2, "the values' state", Info, """
            class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, List<int>> _lists = new();
                public void Add(string k, int n) { lock (_gate) { if (!_lists.TryGetValue(k, out var list)) { list = new List<int>(); _lists[k] = list; } list.Add(n); } }
                public void Remove(string k) { lock (_gate) _lists.Remove(k); }
            }
            """),
        Trap(2, "the values' fields are read", Info, """
            class Entry { public int Hits; }
            class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, Entry> _entries = new();
                public int Hits(string k) { lock (_gate) { return _entries.TryGetValue(k, out var entry) ? entry.Hits : 0; } }
                public void Set(string k, Entry entry) { lock (_gate) _entries[k] = entry; }
            }
            """),
        Of(3, "a closure run under the lock", Info, "public void M(Action<int> then) { lock (_gate) { then(_map.Count); } }"),
        Of(4, "a disposed flag tested with the add", Silent, """
            private bool _disposed;
            public void M(string k) { lock (_gate) { if (_disposed) throw new ObjectDisposedException(k); _map[k] = 1; } }
            public void Dispose() { lock (_gate) { _disposed = true; } }
            """),
        Trap(5, "an own type named like a lock", Silent, """
            static class Own { public class ReaderWriterLockSlim { public void EnterWriteLock() { } public void ExitWriteLock() { } } }
            class Stock
            {
                private readonly Dictionary<string, int> _map = new();
                private readonly Own.ReaderWriterLockSlim _lock = new();
                public void M(string k) { _lock.EnterWriteLock(); try { _map[k] = 1; } finally { _lock.ExitWriteLock(); } }
            }
            """),
        Trap(6, "a write under a read lock", Info, """
            class Recent
            {
                private readonly Dictionary<string, int> _map = new();
                private readonly ReaderWriterLockSlim _lock = new();
                public bool M(string k) { _lock.EnterReadLock(); try { return _map.Remove(k); } finally { _lock.ExitReadLock(); } }
                public void N(string k) { _lock.EnterWriteLock(); try { _map[k] = 1; } finally { _lock.ExitWriteLock(); } }
            }
            """),
        Trap(7, "entered in one method, left in another", Silent, """
            class Stock
            {
                private readonly Dictionary<string, int> _map = new();
                private readonly object _gate = new();
                public void Begin() { Monitor.Enter(_gate); }
                public void Set(string k) { _map[k] = 1; }
                public void End() { Monitor.Exit(_gate); }
            }
            """),
        Trap(8, "a probe key reused in place", Info, """
            class Key { public string? Name; }
            class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<Key, object> _map = new();
                public object M(string k) { lock (_gate) { var key = new Key { Name = k }; if (!_map.TryGetValue(key, out var v)) { v = new object(); key = new Key(); _map[key] = v; } return v; } }
            }
            """),
        Trap(9, "null stored on purpose", Info, """
            class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, string?> _map = new();
                public string? M(string k) { lock (_gate) { if (!_map.TryGetValue(k, out var v) || v == null) { v = Make(k); _map[k] = v; } return v; } }
                private static string? Make(string k) => k.Length > 1 ? k : null;
            }
            """),
        Trap(10, "single flight with an await inside", Info, """
            class Stock
            {
                private readonly Dictionary<string, string> _map = new();
                private readonly SemaphoreSlim _gate = new(1, 1);
                public async Task<string> M(string k)
                {
                    await _gate.WaitAsync();
                    try { if (_map.TryGetValue(k, out var v)) return v; v = await System.IO.File.ReadAllTextAsync(k); _map[k] = v; return v; }
                    finally { _gate.Release(); }
                }
            }
            """),
        Trap(11, "a test for an enum's member", Info, """
            enum State { Open, Done }
            class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, State> _map = new();
                public void M(string k) { lock (_gate) { if (_map.TryGetValue(k, out var state) && state is State.Done) return; _map[k] = State.Open; } }
            }
            """),
        Of(12, "a cast reaches an explicit interface", Info, "public void M(string k) { lock (_gate) { ((ICollection<KeyValuePair<string, int>>)_map).Add(new(k, 1)); } }"),
        Of(13, "locals of one name in two scopes", Info, "public int M() { lock (_gate) { { var k = \"a\"; if (_map.ContainsKey(k)) return 0; } { var k = \"b\"; _map[k] = 1; } return 1; } }"),
        Of(13, "exclusive branches", Warning, "public void M(string k, bool on) { lock (_gate) { if (on) _map[k] = 1; else _map.Remove(k); } }"),
        Of(14, "a condition threads wait for", Silent, "public void M() { lock (_gate) { while (_map.Count == 0) Monitor.Wait(_gate); } }") with { TakesAnyLock = false },
        Trap(15, "a spin on a flag", Silent, """
            class Stock
            {
                private readonly Dictionary<string, int> _map = new();
                private int _taken;
                public void M(string k) { while (Interlocked.Exchange(ref _taken, 1) == 1) Thread.Yield(); _map[k] = 1; Volatile.Write(ref _taken, 0); }
            }
            """),
        Of(16, "a property bag", Silent, "public Dictionary<string, int> Items { get { lock (_gate) return _map; } }"),
        Trap(18, "a list", Silent, "class Stock { private readonly object _gate = new(); private readonly List<string> _list = new(); public void M(string k) { lock (_gate) _list.Add(k); } }"),
        Of(19, "jumps out of the region, comments", Warning, """
            public int M(string[] keys)
            {
                foreach (var k in keys)
                {
                    lock (_gate)
                    {
                        // nothing to look for
                        if (k.Length == 0) break;
                        if (k.Length == 1) continue;
                        if (_map.TryGetValue(k, out int v)) return v; // found
                    }
                }

                return 0;
            }
            """),
        Of(19, "code that is switched off", Info, "public void M(string k) { lock (_gate) { _map[k] = 1; } }\n#if NEVER\npublic int N() => _map.Count;\n#endif\n"),
        Of(20, "a side effect of the first entry", Info, "private readonly Timer _timer = new(_ => { }); public void M(string k) { lock (_gate) { if (_map.TryAdd(k, 1)) _timer.Change(1, 1); } }"),
        Trap(21, "the words of C# 7.3", Warning, """
            class Stock
            {
                private readonly object _gate = new object();
                private readonly Dictionary<string, int> _map = new Dictionary<string, int>();
                public int M(string k) { int v; lock (_gate) { if (_map.TryGetValue(k, out v)) { return v; } return -1; } }
                public void N(string k) { lock (_gate) { _map.Remove(k); } }
            }
            """),
        Of(22, "exposed by a property", Silent, "public Dictionary<string, int> All => _map;"),
        Of(22, "named for reflection", Silent, "public object? Look() => typeof(Stock).GetField(\"_map\", System.Reflection.BindingFlags.NonPublic)?.GetValue(this);"),
        Of(22, "read in a nested type", Silent, "class Inner { public int Peek(Stock stock) => stock._map.Count; }"),
        Trap(22, "read in another part", Silent, "partial class Stock { " + Fields + " } partial class Stock { public int Peek() => _map.Count; }"),
        Trap(23, "a comparer", Warning, """
            class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new(16, StringComparer.OrdinalIgnoreCase);
                public void M(string k) { lock (_gate) _map[k] = 1; }
            }
            """),
        Trap(24, "an order callers rely on", Info, """
            class Stock
            {
                private readonly object _gate = new();
                private readonly SortedDictionary<int, string> _map = new();
                public void M(int k) { lock (_gate) _map.Remove(k); }
                public string[] All() { lock (_gate) return _map.Values.ToArray(); }
            }
            """),
        Trap(25, "a lock handed out", Info, """
            public class Other { public Other(object gate) { } }
            public class Stock
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();
                public Other Make() => new Other(_gate);
                public void M(string k) { lock (_gate) _map.Remove(k); }
            }
            """),
        Trap(26, "an instance's lock around a static field", Silent, """
            class Stock
            {
                private static readonly Dictionary<string, int> Map = new();
                private readonly object _gate = new();
                public void M(string k) { lock (_gate) Map.Remove(k); }
            }
            """),
        Trap(26, "a static lock around an instance's field", Warning, """
            class Stock
            {
                private static readonly object Gate = new();
                private readonly Dictionary<string, int> _map = new();
                public void M(string k) { lock (Gate) _map.Remove(k); }
            }
            """),
    ];

    private const string Fields = """
        private readonly object _gate = new();
        private readonly Dictionary<string, int> _map = new();
        public bool Remove(string key) { lock (_gate) return _map.Remove(key); }

        """;

    private static Trap Trap(int number, string name, string[] expected, string source) => new(number, name, Rule, expected, source);

    private static Trap Of(int number, string name, string[] expected, string member) => Trap(number, name, expected, $$"""class Stock { {{Fields}} {{member}} }""");
}
