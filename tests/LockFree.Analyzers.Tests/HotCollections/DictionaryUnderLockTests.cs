using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.HotCollections;

public sealed class DictionaryUnderLockTests
{
    private const string Exact = "LF1001 warning _map";

    [Fact]
    public async Task Single_operations_under_one_lock_are_exact()
    {
        Assert.Equal([Exact], await AnalyzedSource.FindingsAsync("""
            class Sessions
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();

                public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }
                public bool Remove(string key) { lock (_gate) return _map.Remove(key); }
                public bool TryGet(string key, out int value) { lock (_gate) { return _map.TryGetValue(key, out value); } }
                public int Count { get { lock (_gate) return _map.Count; } }
                public string[] Keys() { lock (_gate) { return _map.Keys.ToArray(); } }
            }
            """));
    }

    [Fact]
    public async Task Get_or_add_with_the_factory_inside_is_exact()
    {
        Assert.Equal([Exact], await AnalyzedSource.FindingsAsync("""
            class Cache
            {
                private readonly Dictionary<string, object> _map = new();

                public object Get(string key)
                {
                    lock (_map)
                    {
                        if (_map.TryGetValue(key, out var value))
                            return value;
                        value = Create(key);
                        _map.Add(key, value);
                        return value;
                    }
                }

                private static object Create(string key) => System.IO.File.ReadAllText(key);
            }
            """));
    }

    [Fact]
    public async Task A_loop_inside_the_region_is_a_batch_for_a_person_to_decide()
    {
        Assert.Equal(["LF1001 info _map"], await AnalyzedSource.FindingsAsync("""
            class Sessions
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();

                public void Set(string[] keys) { lock (_gate) { foreach (var key in keys) _map[key] = 1; } }
                public bool Remove(string key) { lock (_gate) return _map.Remove(key); }
            }
            """));
    }
}
