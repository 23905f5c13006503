namespace LockFree.CodeFixes.Tests.Robustness;

/// <summary>The sound sources that are then damaged: something to find for every rule, and the legacy sample as a whole.</summary>
internal static class MutationSeeds
{
    private static readonly string[] Members =
    [
        "object _gate = new(); Dictionary<string, List<int>> _map = new(StringComparer.Ordinal); public List<int> Get(string k) { lock (_gate) { if (_map.TryGetValue(k, out var v)) return v; v = Make(k); _map[k] = v; return v; } } static List<int> Make(string k) => new() { k.Length };",
        "object _gate = new(); Dictionary<string, int> _map = []; public void Set(string k, int v) { lock (_gate) { _map[k] = v; } } public int Size { get { lock (_gate) return _map.Count; } } public bool Drop(string k) { lock (_gate) { return _map.Remove(k); } }",
        "Dictionary<string, int> _map = new(); public string[] Keys() { lock (_map) { return _map.Keys.ToArray(); } } public void Add(string k) { lock (_map) { if (!_map.ContainsKey(k)) _map.Add(k, 1); /* once */ } }",
        "static readonly HashSet<string> Seen = []; public static bool First(string s) { lock (Seen) { return Seen.Add(s); } } public static void Forget() { lock (Seen) Seen.Clear(); }",
        "readonly Lock _gate = new(); Dictionary<int, int> _counts = new(); public int Next(int k) { using (_gate.EnterScope()) { _counts.TryGetValue(k, out int n); _counts[k] = n + 1; return n; } } public List<int> Drain() { lock (_gate) { var all = _counts.Values.ToList(); _counts.Clear(); return all; } }",
        "ReaderWriterLockSlim _lock = new(); Dictionary<int, string> _map = new(); public async Task SaveAsync(int n) { _lock.EnterWriteLock(); try { _map[n] = \"a\"; } finally { _lock.ExitWriteLock(); } await Task.Delay(1); } public string Read(int n) { _lock.EnterReadLock(); try { return _map[n]; } finally { _lock.ExitReadLock(); } }",
        "ReaderWriterLockSlim _lock = new(); List<int> _all = new(); public async Task SaveAsync(int n) { await Task.Yield(); _lock.EnterWriteLock(); try { _all.Add(n); } finally { _lock.ExitWriteLock(); } } public void Dispose() => _lock.Dispose();",
        "Mutex _mutex = new(); public async Task Hold() { _mutex.WaitOne(); await Task.Delay(1); _mutex.ReleaseMutex(); } public IEnumerable<int> Walk() { Monitor.Enter(_mutex); try { yield return 1; } finally { Monitor.Exit(_mutex); } }",
        "object _gate = new(); Task<int> _task = Task.FromResult(1); public int Sum() { lock (_gate) { _task.Wait(); return _task.Result + _task.GetAwaiter().GetResult(); } }",
        "ConcurrentDictionary<string, int> _hits = new(); public void Hit(string k) { if (_hits.TryGetValue(k, out int n)) _hits[k] = n + 1; else _hits[k] = 1; } public int Get(string k) { if (!_hits.ContainsKey(k)) _hits[k] = k.Length; return _hits[k]; } public void Up(string k) { _hits[k]++; }",
        "ConcurrentDictionary<string, List<int>> _lists = new(); public void Drop(string k) { if (_lists.TryGetValue(k, out var list) && list.Count == 0) _lists.TryRemove(k, out _); } public int All() { int n = 0; while (_lists.Count > 0) foreach (var k in _lists.Keys) n += k.Length; return n; }",
        "object _gate = new(); string _address = \"\"; public string Address { get { lock (_gate) { return _address; } } set { lock (_gate) { _address = value; } } }",
        "object _gate = new(); bool _done; int _count; public bool Once() { lock (_gate) { if (_done) return false; _done = true; return true; } } ",
        "object _gate = new(); int _count; public int Next() { lock (_gate) { return ++_count; } } public int Count { get { lock (_gate) return _count; } }",
        "object _gate = new(); string? _text; public string Text() { if (_text == null) { lock (_gate) { if (_text == null) _text = Environment.CommandLine; } } return _text; }",
        "object _gate = new(); string[] _all = []; public void Add(string s) { lock (_gate) { _all = [.. _all, s]; } } public int Sum() { int n = 0; foreach (var s in _all) n += s.Length; return n; }",
        "SwapCell<List<int>> _cell = new([]); public void Add(int n) => _cell.Load().Add(n); public int Both() => _cell.Load().Count + _cell.Load().Capacity; public void Store(int n) { var now = _cell.Load(); _cell.Store([.. now, n]); }",
        "static ImmutableDictionary<string, int> s_map = ImmutableDictionary<string, int>.Empty; public static Task SetAsync(string k) => Task.Run(() => s_map = s_map.SetItem(k, 1)); public static int Get(string k) => s_map[k];",
        "SwapCell<Stream> _log = new(Stream.Null); public void Rotate(Stream to) { _log.Store(to); } public void Write(byte b) => _log.Load().WriteByte(b);",
        "Dictionary<string, object> _clients = new(); public int A() => ((List<int>)_clients[\"a\"]).Count; public int B() => ((List<int>)_clients[\"a\"]).Capacity; public void Register(List<int> list) => _clients[\"a\"] = list;",
    ];

    /// <summary>Whole files without their using directives.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Members.Select((members, i) => $"public class C{i} {{ {members} }}"), .. LegacySample()];

    private static IEnumerable<string> LegacySample()
    {
        return Directory.EnumerateFiles(RepositoryFolder.PathOf("samples/LegacyGateway"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .Where(text => text.Contains("lock", StringComparison.Ordinal) && !text.Contains("extern alias", StringComparison.Ordinal));
    }
}
