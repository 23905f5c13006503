using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Look-ups, try-adds and removals that take several operations under a lock and one without.</summary>
public sealed class CompoundTests
{
    private static async Task VerifyAsync(string before, string after)
    {
        const string Writer = "\n\npublic void Set(string key, int value)\n{\n    _map[key] = value;\n}";
        const string LockedWriter = "\n\npublic void Set(string key, int value)\n{\n    lock (_gate)\n        _map[key] = value;\n}";
        Assert.Equal(FixedClass(after + Writer), await FixAsync(Class(before + LockedWriter), Sharded));
    }

    [Fact]
    public Task A_removal_behind_another_condition_stays_behind_it() => VerifyAsync(
        """
        public int Take(string key, bool wanted)
        {
            int value = -1;
            lock (_gate)
            {
                if (wanted && _map.TryGetValue(key, out value))
                    _map.Remove(key); // once
            }

            return value;
        }
        """,
        """
        public int Take(string key, bool wanted)
        {
            int value = -1;
            if (wanted)
                _map.TryRemove(key, out value); // once

            return value;
        }
        """);

    [Fact]
    public Task The_room_of_a_copy_is_still_asked_for() => VerifyAsync(
        """
        public List<int> Copy()
        {
            lock (_gate)
            {
                var all = new List<int>(_map.Count);
                foreach (int value in _map.Values)
                    all.Add(value);

                return all;
            }
        }
        """,
        """
        public List<int> Copy()
        {
            var all = new List<int>(_map.Count);
            foreach (int value in _map.Values.ToArray())
                all.Add(value);

            return all;
        }
        """);

    [Fact]
    public async Task A_removal_that_declares_what_it_found_behind_another_condition_is_left_alone() => Assert.Empty(await OfferedAsync(
        Class("public bool Take(string key, bool wanted)\n{\n    lock (_gate)\n    {\n        if (wanted && _map.TryGetValue(key, out var value))\n            _map.Remove(key);\n        value = 3;\n        return value > 2;\n    }\n}")));

    [Fact]
    public Task A_test_and_a_read_are_one_look_up() => VerifyAsync(
        """
        public int Get(string key)
        {
            lock (_gate)
            {
                if (_map.ContainsKey(key))
                    return _map[key];

                return -1;
            }
        }

        public int GetOrDefault(string key)
        {
            lock (_gate)
            {
                return _map.ContainsKey(key) ? _map[key] : -1;
            }
        }

        public int GetOrThrow(string key)
        {
            lock (_gate)
            {
                if (!_map.ContainsKey(key))
                    throw new ArgumentException(key);

                var value = _map[key];
                return value;
            }
        }
        """,
        """
        public int Get(string key)
        {
            if (_map.TryGetValue(key, out var value))
                return value;

            return -1;
        }

        public int GetOrDefault(string key)
        {
            return _map.TryGetValue(key, out var value) ? value : -1;
        }

        public int GetOrThrow(string key)
        {
            if (!_map.TryGetValue(key, out var found))
                throw new ArgumentException(key);

            var value = found;
            return value;
        }
        """);

    [Fact]
    public Task Adding_what_is_missing() => VerifyAsync(
        """
        public bool Add(string key, int value)
        {
            lock (_gate)
            {
                if (_map.ContainsKey(key))
                    return false;

                _map.Add(key, value);
                return true;
            }
        }

        public bool AddOrElse(string key, int value)
        {
            bool added = false;
            lock (_gate)
            {
                if (!_map.ContainsKey(key))
                {
                    _map[key] = value;
                    added = true;
                }
                else
                    Console.WriteLine(key);
            }

            return added;
        }

        public void AddQuietly(string key, int value, bool really)
        {
            lock (_gate)
            {
                if (really && !_map.ContainsKey(key))
                    _map.Add(key, value);
            }
        }
        """,
        """
        public bool Add(string key, int value)
        {
            if (!_map.TryAdd(key, value))
                return false;

            return true;
        }

        public bool AddOrElse(string key, int value)
        {
            bool added = false;
            if (_map.TryAdd(key, value))
            {
                added = true;
            }
            else
                Console.WriteLine(key);

            return added;
        }

        public void AddQuietly(string key, int value, bool really)
        {
            if (really)
                _map.TryAdd(key, value);
        }
        """);

    [Fact]
    public Task Removing_what_is_there() => VerifyAsync(
        """
        public bool Remove(string key)
        {
            lock (_gate)
            {
                if (!_map.ContainsKey(key))
                    return false;

                _map.Remove(key);
                return true;
            }
        }

        public int Take(string key)
        {
            lock (_gate)
            {
                if (_map.TryGetValue(key, out var value))
                {
                    _map.Remove(key);
                    return value;
                }

                return -1;
            }
        }

        public int TakeOrDefault(string key)
        {
            lock (_gate)
            {
                _map.TryGetValue(key, out int value);
                _map.Remove(key);
                return value;
            }
        }

        public void RemoveQuietly(string key)
        {
            lock (_gate)
            {
                if (_map.ContainsKey(key))
                {
                    _map.Remove(key);
                }
            }
        }
        """,
        """
        public bool Remove(string key)
        {
            if (!_map.TryRemove(key, out _))
                return false;

            return true;
        }

        public int Take(string key)
        {
            if (_map.TryRemove(key, out var value))
            {
                return value;
            }

            return -1;
        }

        public int TakeOrDefault(string key)
        {
            _map.TryRemove(key, out int value);
            return value;
        }

        public void RemoveQuietly(string key)
        {
            _map.TryRemove(key, out _);
        }
        """);

    [Fact]
    public Task Copies_and_passes_over_the_whole_work_on_a_copy() => VerifyAsync(
        """
        public List<int> Values()
        {
            lock (_gate)
            {
                return _map.Values.ToList();
            }
        }

        public List<string> Keys()
        {
            lock (_gate)
            {
                return new List<string>(_map.Keys);
            }
        }

        public KeyValuePair<string, int>[] Entries()
        {
            lock (_gate)
            {
                return _map.ToArray();
            }
        }

        public Dictionary<string, int> Copy()
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_map);
            }
        }

        public bool AnyAbove(int limit)
        {
            lock (_gate)
            {
                return _map.Any(entry => entry.Value > limit);
            }
        }

        public List<string> Above(int limit)
        {
            var found = new List<string>();
            lock (_gate)
            {
                foreach (var (key, value) in _map)
                {
                    if (value > limit)
                        found.Add(key);
                }
            }

            return found;
        }

        public void Clear()
        {
            lock (_gate)
            {
                _map.Clear();
            }
        }
        """,
        """
        public List<int> Values()
        {
            return _map.Values.ToArray().ToList();
        }

        public List<string> Keys()
        {
            return new List<string>(_map.Keys.ToArray());
        }

        public KeyValuePair<string, int>[] Entries()
        {
            return _map.ToArray();
        }

        public Dictionary<string, int> Copy()
        {
            return new Dictionary<string, int>(_map.ToArray());
        }

        public bool AnyAbove(int limit)
        {
            return _map.ToArray().Any(entry => entry.Value > limit);
        }

        public List<string> Above(int limit)
        {
            var found = new List<string>();
            foreach (var (key, value) in _map.ToArray())
            {
                if (value > limit)
                    found.Add(key);
            }

            return found;
        }

        public void Clear()
        {
            _map.Clear();
        }
        """);
}
