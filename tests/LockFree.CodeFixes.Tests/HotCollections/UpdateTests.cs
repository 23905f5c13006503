using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>New values made of old ones, and everything taken at once.</summary>
public sealed class UpdateTests
{
    [Fact]
    public async Task Counting_in_its_many_forms() => Assert.Equal(
        FixedClass("""
            public void Arms(string key)
            {
                _map.AddOrUpdate(key, 1, (_, count) => count + 1);
            }

            public void Default(string key, int by)
            {
                _map.AddOrUpdate(key, by, (_, count) => count + by);
            }

            public void Choice(string key)
            {
                _map.AddOrUpdate(key, 1, (_, count) => count + 1);
            }

            public void Before(string key)
            {
                int count;
                _map.AddOrUpdate(key, 2, (_, current) => current * 2);
            }
            """),
        await FixAsync(
            Class("""
                public void Arms(string key)
                {
                    lock (_gate)
                    {
                        if (_map.TryGetValue(key, out var count))
                            _map[key] = count + 1;
                        else
                            _map.Add(key, 1);
                    }
                }

                public void Default(string key, int by)
                {
                    lock (_gate)
                    {
                        if (!_map.TryGetValue(key, out int count))
                            count = 0;
                        _map[key] = count + by;
                    }
                }

                public void Choice(string key)
                {
                    lock (_gate)
                    {
                        _map[key] = _map.TryGetValue(key, out var count) ? count + 1 : 1;
                    }
                }

                public void Before(string key)
                {
                    int count;
                    lock (_gate)
                    {
                        if (_map.TryGetValue(key, out count))
                        {
                            _map[key] = count * 2;
                        }
                        else
                        {
                            _map[key] = 2;
                        }
                    }
                }
                """),
            Sharded));

    [Fact]
    public async Task Updating_what_is_there() => Assert.Equal(
        FixedClass("""
            public void Double(string key)
            {
                _map.TryUpdate(key, (_, old) => old * 2, out _);
            }

            public bool Replace(string key, int value)
            {
                if (_map.TryUpdate(key, (_, current) => value, out _))
                {
                    return true;
                }

                return false;
            }
            """),
        await FixAsync(
            Class("""
                public void Double(string key)
                {
                    lock (_gate)
                    {
                        if (_map.TryGetValue(key, out var old))
                            _map[key] = old * 2;
                    }
                }

                public bool Replace(string key, int value)
                {
                    lock (_gate)
                    {
                        if (_map.ContainsKey(key))
                        {
                            _map[key] = value;
                            return true;
                        }

                        return false;
                    }
                }
                """),
            Sharded));

    [Fact]
    public async Task A_copy_and_a_clearing_are_a_drain() => Assert.Equal(
        FixedClass("""
            public void Set(string key, int value)
            {
                _map[key] = value;
            }

            public KeyValuePair<string, int>[] Entries()
            {
                var all = _map.Drain();
                return all;
            }

            public List<int> Values()
            {
                var all = _map.Drain().Select(entry => entry.Value).ToList();
                return all;
            }
            """),
        await FixAsync(
            Class("""
                public void Set(string key, int value)
                {
                    lock (_gate)
                        _map[key] = value;
                }

                public KeyValuePair<string, int>[] Entries()
                {
                    lock (_gate)
                    {
                        var all = _map.ToArray();
                        _map.Clear();
                        return all;
                    }
                }

                public List<int> Values()
                {
                    lock (_gate)
                    {
                        var all = _map.Values.ToList();
                        _map.Clear();
                        return all;
                    }
                }
                """),
            Sharded));

    [Fact]
    public async Task An_updater_whose_runs_could_be_counted_is_not_offered() => Assert.Empty(await OfferedAsync(Class("""
        public void Arms(string key)
        {
            lock (_gate)
            {
                if (_map.TryGetValue(key, out var count))
                    _map[key] = count + Random.Shared.Next();
                else
                    _map.Add(key, 1);
            }
        }
        """)));

    [Fact]
    public async Task An_old_value_that_is_still_wanted_is_not_offered() => Assert.Empty(await OfferedAsync(Class("""
        public int Arms(string key)
        {
            lock (_gate)
            {
                if (_map.TryGetValue(key, out var count))
                    _map[key] = count + 1;
                else
                    _map.Add(key, 1);
                return count;
            }
        }
        """)));
}
