using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Comments, names, blocks and directives: what is not about the collection stays as it was.</summary>
public sealed class LayoutTests
{
    [Fact]
    public async Task Comments_keep_their_places() => Assert.Equal(
        FixedClass("""
            public void Set(string key, int value)
            {
                // above
                // first
                _map[key] = value; // behind
                // below
                // after the brace
                Console.WriteLine(key);
            }
            """),
        await FixAsync(
            Class("""
                public void Set(string key, int value)
                {
                    // above
                    lock (_gate)
                    {
                        // first
                        _map[key] = value; // behind
                        // below
                    } // after the brace
                    Console.WriteLine(key);
                }
                """),
            Sharded));

    [Fact]
    public async Task Comments_of_what_goes_stay_above_what_comes() => Assert.Equal(
        FixedClass("""
            public void Add(string key, int value)
            {
                // no duplicates
                // really new
                // the gate of all
                if (!_map.TryAdd(key, value))
                    throw new InvalidOperationException(key);
            }
            """),
        await FixAsync(
            Class("""
                public void Add(string key, int value)
                {
                    lock (_gate) // the gate of all
                    {
                        // no duplicates
                        if (_map.ContainsKey(key))
                            throw new InvalidOperationException(key);

                        // really new
                        _map.Add(key, value);
                    }
                }
                """),
            Sharded));

    [Fact]
    public async Task Comments_of_two_ways_that_become_one_stay_above_it() => Assert.Equal(
        FixedClass("""
            public int Get(string key)
            {
                // known
                // slow
                return _map.GetOrAddOnce(key, missingKey => System.IO.File.ReadAllText(missingKey).Length);
            }
            """),
        await FixAsync(
            Class("""
                public int Get(string key)
                {
                    lock (_gate)
                    {
                        if (_map.TryGetValue(key, out var value))
                        {
                            // known
                            return value;
                        }

                        // slow
                        value = System.IO.File.ReadAllText(key).Length;
                        _map[key] = value;
                        return value;
                    }
                }
                """),
            Sharded));

    [Fact]
    public async Task The_gap_above_a_lock_field_stays_above_what_follows_it() => Assert.Equal(
        """
        using LockFree;

        public sealed class Sessions
        {
            private readonly int _first = 1;

            private readonly ShardedMap<string, int> _map = new();

            public void Set(string key) => Set(key, _first);

            private void Set(string key, int value)
            {
                _map[key] = value;
            }
        }
        """,
        await FixAsync(
            """
            public sealed class Sessions
            {
                private readonly int _first = 1;

                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();

                public void Set(string key) => Set(key, _first);

                private void Set(string key, int value)
                {
                    lock (_gate)
                        _map[key] = value;
                }
            }
            """,
            Sharded));

    [Fact]
    public async Task Names_that_would_clash_keep_their_block() => Assert.Equal(
        FixedClass("""
            public int Sum(string first, string second)
            {
                int sum = 0;
                {
                    if (_map.TryGetValue(first, out var value))
                        sum += value;
                }
                {
                    if (_map.TryGetValue(second, out var value))
                        sum += value;
                }

                return sum;
            }

            public void Set(string key, int value)
            {
                _map[key] = value;
            }
            """),
        await FixAsync(
            Class("""
                public int Sum(string first, string second)
                {
                    int sum = 0;
                    lock (_gate)
                    {
                        if (_map.TryGetValue(first, out var value))
                            sum += value;
                    }
                    lock (_gate)
                    {
                        if (_map.TryGetValue(second, out var value))
                            sum += value;
                    }

                    return sum;
                }

                public void Set(string key, int value)
                {
                    lock (_gate)
                    {
                        _map[key] = value;
                    }
                }
                """),
            Sharded));

    [Fact]
    public async Task A_region_where_the_grammar_wants_one_statement() => Assert.Equal(
        FixedClass("""
            public void Set(string key, int value)
            {
                if (value > 0)
                {
                    _map[key] = value;
                }
                else
                    _map.TryRemove(key, out _);
            }
            """),
        await FixAsync(
            Class("""
                public void Set(string key, int value)
                {
                    if (value > 0)
                        lock (_gate)
                        {
                            _map[key] = value;
                        }
                    else
                        lock (_gate)
                            _map.Remove(key);
                }
                """),
            Sharded));

    [Fact]
    public async Task Tabs_stay_tabs_and_line_ends_stay_line_ends()
    {
        const string Before = "public sealed class Sessions\r\n{\r\n\tprivate readonly object _gate = new();\r\n\tprivate readonly Dictionary<string, int> _map = new();\r\n\r\n"
            + "\tpublic int Get(string name)\r\n\t{\r\n\t\tlock (_gate)\r\n\t\t{\r\n\t\t\tif (_map.TryGetValue(name, out var value))\r\n\t\t\t\treturn value;\r\n"
            + "\t\t\tvar text = System.IO.File.ReadAllText(name);\r\n\t\t\tvar made = text.Length;\r\n\t\t\t_map.Add(name, made);\r\n\t\t\treturn made;\r\n\t\t}\r\n\t}\r\n}\r\n";
        const string After = "using LockFree;\r\n\r\npublic sealed class Sessions\r\n{\r\n\tprivate readonly ShardedMap<string, int> _map = new();\r\n\r\n"
            + "\tpublic int Get(string name)\r\n\t{\r\n\t\treturn _map.GetOrAddOnce(name, key =>\r\n\t\t{\r\n\t\t\tvar text = System.IO.File.ReadAllText(key);\r\n"
            + "\t\t\treturn text.Length;\r\n\t\t});\r\n\t}\r\n}\r\n";
        Assert.Equal(After, await FixAsync(Before, Sharded));
    }

    [Fact]
    public async Task Directives_around_a_region_stay() => Assert.Equal(
        FixedClass("""
            #region Writing
            public void Set(string key, int value)
            {
            #pragma warning disable CS0618
                _map[key] = value;
            #pragma warning restore CS0618
            }
            #endregion
            """),
        await FixAsync(
            Class("""
                #region Writing
                public void Set(string key, int value)
                {
                #pragma warning disable CS0618
                    lock (_gate)
                        _map[key] = value;
                #pragma warning restore CS0618
                }
                #endregion
                """),
            Sharded));

    [Theory]
    [InlineData("a comment between the parts of the lock statement", "public void Set(string key) { lock (_gate /* ours */) { _map[key] = 1; } }")]
    [InlineData("a comment in what becomes one call", "public int Get(string key) { lock (_gate) { if (_map.TryGetValue(key, out var v)) return v; /* slow */ _map[key] = 1; return 1; } }")]
    [InlineData("code that is switched off", "public void Set(string key) { lock (_gate) { _map[key] = 1; } }\n#if NEVER\npublic int Size => _map.Capacity;\n#endif\n")]
    [InlineData("directives inside the region", "public void Set(string key) { lock (_gate) {\n#if DEBUG\n#endif\n_map[key] = 1; } }")]
    public async Task Not_offered_for(string what, string members)
    {
        Assert.NotEmpty(what);
        Assert.Empty(await OfferedAsync(Class(members)));
    }
}
