using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

public sealed class GetOrAddTests
{
    private const string Load = """


        private static int Load(string key) => System.IO.File.ReadAllText(key).Length;
        """;

    private static async Task VerifyAsync(string before, string after, string key = Sharded)
        => Assert.Equal(FixedClass(after + Load), await FixAsync(Class(before + Load), key));

    [Fact]
    public Task A_factory_that_may_have_effects_runs_once() => VerifyAsync(
        """
        public int Get(string key)
        {
            lock (_gate)
            {
                if (!_map.TryGetValue(key, out var value))
                {
                    value = Load(key);
                    _map[key] = value;
                }

                return value;
            }
        }
        """,
        """
        public int Get(string key)
        {
            var value = _map.GetOrAddOnce(key, missingKey => Load(missingKey));

            return value;
        }
        """);

    [Fact]
    public Task A_pure_value_may_be_made_in_vain() => VerifyAsync(
        """
        public int Get(string name)
        {
            lock (_gate)
            {
                if (_map.TryGetValue(name, out int value))
                    return value;

                value = name.Length + 1;
                _map.Add(name, value);
                return value;
            }
        }
        """,
        """
        public int Get(string name)
        {
            return _map.GetOrAdd(name, key => key.Length + 1);
        }
        """);

    [Fact]
    public Task A_value_at_hand_needs_no_factory() => VerifyAsync(
        """
        public int Get(string name, int wanted)
        {
            lock (_gate)
            {
                if (_map.TryGetValue(name, out var value))
                {
                    return value;
                }

                _map[name] = wanted;
                return wanted;
            }
        }
        """,
        """
        public int Get(string name, int wanted)
        {
            return _map.GetOrAdd(name, wanted);
        }
        """);

    [Fact]
    public Task A_factory_of_several_statements_becomes_a_block() => VerifyAsync(
        """
        public int Get(string name)
        {
            lock (_gate)
            {
                // Known already?
                if (_map.TryGetValue(name, out var value))
                    return value;

                var text = System.IO.File.ReadAllText(name);
                // Trimmed, as editors add lines.
                text = text.Trim();
                var made = Load(text);
                _map.Add(name, made);
                return made;
            }
        }
        """,
        """
        public int Get(string name)
        {
            // Known already?
            return _map.GetOrAddOnce(name, key =>
            {
                var text = System.IO.File.ReadAllText(key);
                // Trimmed, as editors add lines.
                text = text.Trim();
                return Load(text);
            });
        }
        """);

    [Fact]
    public Task Asked_with_ContainsKey_and_read_afterwards() => VerifyAsync(
        """
        public int Get(string name)
        {
            lock (_gate)
            {
                if (!_map.ContainsKey(name))
                    _map[name] = Load(name);

                return _map[name];
            }
        }
        """,
        """
        public int Get(string name)
        {
            return _map.GetOrAddOnce(name, key => Load(key));
        }
        """);

    [Fact]
    public Task Asked_with_ContainsKey_and_returned_either_way() => VerifyAsync(
        """
        public int Get(string name)
        {
            lock (_gate)
            {
                if (_map.ContainsKey(name))
                    return _map[name];
                var made = Load(name);
                _map.Add(name, made);
                return made;
            }
        }
        """,
        """
        public int Get(string name)
        {
            return _map.GetOrAddOnce(name, key => Load(key));
        }
        """);

    [Fact]
    public Task Made_only_to_be_there() => VerifyAsync(
        """
        public void Ensure(string name)
        {
            lock (_gate)
            {
                if (!_map.ContainsKey(name))
                    _map[name] = Load(name);
            }
        }
        """,
        """
        public void Ensure(string name)
        {
            _map.GetOrAddOnce(name, key => Load(key));
        }
        """);

    [Fact]
    public Task Returned_in_the_same_words_on_hit_and_miss() => VerifyAsync(
        """
        public string Get(string name)
        {
            lock (_gate)
            {
                if (_map.TryGetValue(name, out var value))
                    return value.ToString("x");
                var made = Load(name);
                _map.Add(name, made);
                return made.ToString("x");
            }
        }
        """,
        """
        public string Get(string name)
        {
            var value = _map.GetOrAddOnce(name, key => Load(key));
            return value.ToString("x");
        }
        """);

    [Fact]
    public Task A_variable_that_was_there_before_stays_there() => VerifyAsync(
        """
        public int Get(string name)
        {
            int value;
            lock (_gate)
            {
                if (!_map.TryGetValue(name, out value))
                    _map[name] = value = Load(name);
            }

            return value;
        }
        """,
        """
        public int Get(string name)
        {
            int value;
            value = _map.GetOrAddOnce(name, key => Load(key));

            return value;
        }
        """);

    [Fact]
    public async Task ConcurrentDictionary_is_offered_for_pure_values_alone()
    {
        const string Pure = "public int Get(string n) { lock (_gate) { if (!_map.TryGetValue(n, out var v)) { v = n.Length; _map[n] = v; } return v; } }";
        const string Once = "public int Get(string n) { lock (_gate) { if (!_map.TryGetValue(n, out var v)) { v = Load(n); _map[n] = v; } return v; } }";
        Assert.Equal([Sharded, Concurrent], await OfferedAsync(Class(Pure)));
        Assert.Equal([Sharded], await OfferedAsync(Class(Once + Load)));
        Assert.Empty(await OfferedAsync(Class(Once + Load), new ProjectShape(WithRuntime: false)));
    }
}
