using Microsoft.CodeAnalysis.CSharp;
using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>What the collection becomes: the runtime's type or the base library's, maps and sets.</summary>
public sealed class TargetTests
{
    private const string Single = "public bool Remove(string key) { lock (_gate) return _map.Remove(key); }";

    [Fact]
    public async Task Both_are_offered_where_both_are_there()
        => Assert.Equal([Sharded, Concurrent], await OfferedAsync(Class(Single)));

    [Fact]
    public async Task ConcurrentDictionary_alone_without_the_runtime()
        => Assert.Equal([Concurrent], await OfferedAsync(Class(Single), new ProjectShape(WithRuntime: false)));

    [Theory]
    [InlineData("public int[] Values() { lock (_gate) return _map.Values.ToArray(); }")]
    [InlineData("public List<int> Values() { lock (_gate) { var all = new List<int>(); foreach (var pair in _map) all.Add(pair.Value); return all; } }")]
    public async Task The_one_whose_copies_show_one_moment_comes_first_where_the_whole_is_copied(string copy)
        => Assert.Equal([Concurrent, Sharded], await OfferedAsync(Class(Single + "\n" + copy)));

    [Theory]
    [InlineData("ShardedMap", Sharded)]
    [InlineData("concurrentdictionary", Concurrent)]
    public async Task The_option_chooses(string option, string expected)
        => Assert.Equal([expected], await OfferedAsync(Class(Single), new ProjectShape(EditorConfig: $"root = true\n[*.cs]\nlockfree.map_type = {option}\n")));

    [Fact]
    public async Task ConcurrentDictionary_in_its_own_words() => Assert.Equal(
        FixedClass(
            """
            public void Add(string key, int value)
            {
                ((IDictionary<string, int>)_map).Add(key, value);
            }

            public bool Remove(string key, out int value)
            {
                return _map.TryRemove(key, out value);
            }

            public List<KeyValuePair<string, int>> Entries()
            {
                return _map.ToArray().ToList();
            }

            public List<int> Values()
            {
                return _map.Values.ToList();
            }
            """,
            "private readonly ConcurrentDictionary<string, int> _map = new();",
            "using System.Collections.Concurrent;\n\n"),
        await FixAsync(
            Class("""
                public void Add(string key, int value)
                {
                    lock (_gate)
                    {
                        _map.Add(key, value);
                    }
                }

                public bool Remove(string key, out int value)
                {
                    lock (_gate)
                    {
                        return _map.Remove(key, out value);
                    }
                }

                public List<KeyValuePair<string, int>> Entries()
                {
                    lock (_gate)
                    {
                        return _map.ToList();
                    }
                }

                public List<int> Values()
                {
                    lock (_gate)
                    {
                        return _map.Values.ToList();
                    }
                }
                """),
            Concurrent));

    private const string SetMembers = """
        public bool Add(string item)
        {
            lock (_gate)
            {
                return _map.Add(item);
            }
        }

        public bool Has(string item)
        {
            lock (_gate)
            {
                return _map.Contains(item);
            }
        }

        public bool Remove(string item)
        {
            lock (_gate)
            {
                return _map.Remove(item);
            }
        }

        public bool First(string item)
        {
            lock (_gate)
            {
                if (_map.Contains(item))
                    return false;
                _map.Add(item);
                return true;
            }
        }

        public List<string> Items()
        {
            lock (_gate)
            {
                return _map.ToList();
            }
        }
        """;

    [Fact]
    public async Task A_set_becomes_a_sharded_set() => Assert.Equal(
        FixedClass(
            """
            public bool Add(string item)
            {
                return _map.Add(item);
            }

            public bool Has(string item)
            {
                return _map.Contains(item);
            }

            public bool Remove(string item)
            {
                return _map.Remove(item);
            }

            public bool First(string item)
            {
                if (!_map.Add(item))
                    return false;
                return true;
            }

            public List<string> Items()
            {
                return _map.ToArray().ToList();
            }
            """,
            "private readonly ShardedSet<string> _map = new(StringComparer.OrdinalIgnoreCase);"),
        await FixAsync(Class(SetMembers, "private readonly HashSet<string> _map = new(StringComparer.OrdinalIgnoreCase);"), Sharded));

    [Fact]
    public async Task A_set_becomes_a_map_to_nothing() => Assert.Equal(
        FixedClass(
            """
            public bool Add(string item)
            {
                return _map.TryAdd(item, 0);
            }

            public bool Has(string item)
            {
                return _map.ContainsKey(item);
            }

            public bool Remove(string item)
            {
                return _map.TryRemove(item, out _);
            }

            public bool First(string item)
            {
                if (!_map.TryAdd(item, 0))
                    return false;
                return true;
            }

            public List<string> Items()
            {
                return _map.Keys.ToList();
            }
            """,
            "private readonly ConcurrentDictionary<string, byte> _map = new(StringComparer.OrdinalIgnoreCase);",
            "using System.Collections.Concurrent;\n\n"),
        await FixAsync(Class(SetMembers, "private readonly HashSet<string> _map = new(StringComparer.OrdinalIgnoreCase);"), Concurrent));

    [Fact]
    public async Task A_set_that_may_hold_null_is_left_alone()
        => Assert.Empty(await OfferedAsync(
            "using System.Collections.Generic;\n" + Class("public bool Add(string item) { lock (_gate) return _map.Add(item); }", "private readonly HashSet<string> _map = new();"),
            new ProjectShape(Nullable: false)));

    [Fact]
    public async Task Old_language_versions_get_old_words() => Assert.Equal(
        """
        using System.Collections.Concurrent;
        using System.Collections.Generic;

        public sealed class Sessions
        {
            private readonly ConcurrentDictionary<string, int> _map = new ConcurrentDictionary<string, int>();

            public int Get(string key)
            {
                return _map.GetOrAdd(key, missingKey => missingKey.Length + 1);
            }
        }
        """,
        await FixAsync(
            """
            using System.Collections.Generic;

            public sealed class Sessions
            {
                private readonly object _gate = new object();
                private readonly Dictionary<string, int> _map = new Dictionary<string, int>();

                public int Get(string key)
                {
                    lock (_gate)
                    {
                        int value;
                        if (_map.TryGetValue(key, out value))
                            return value;
                        value = key.Length + 1;
                        _map[key] = value;
                        return value;
                    }
                }
            }
            """,
            Concurrent,
            new ProjectShape(WithRuntime: false, Nullable: false, Language: LanguageVersion.CSharp7_3)));
}
