using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>Every form of taking a lock, and when the lock's own field goes.</summary>
public sealed class LockTests
{
    private const string Free = """
        using LockFree;

        public sealed class Sessions
        {
            private readonly ShardedMap<string, int> _map = new();

            public int Get(string key)
            {
                return _map[key];
            }

            public void Set(string key, int value)
            {
                _map[key] = value;
            }
        }
        """;

    [Fact]
    public async Task A_lock_on_the_collection_itself() => Assert.Equal(Free, await FixAsync(
        """
        public sealed class Sessions
        {
            private readonly Dictionary<string, int> _map = new();

            public int Get(string key)
            {
                lock (_map)
                {
                    return _map[key];
                }
            }

            public void Set(string key, int value)
            {
                lock (_map)
                {
                    _map[key] = value;
                }
            }
        }
        """,
        Sharded));

    [Fact]
    public async Task A_reader_writer_lock_with_try_and_finally() => Assert.Equal(Free, await FixAsync(
        """
        public sealed class Sessions
        {
            private readonly ReaderWriterLockSlim _lock = new();
            private readonly Dictionary<string, int> _map = new();

            public int Get(string key)
            {
                _lock.EnterReadLock();
                try
                {
                    return _map[key];
                }
                finally
                {
                    _lock.ExitReadLock();
                }
            }

            public void Set(string key, int value)
            {
                _lock.EnterWriteLock();
                try
                {
                    _map[key] = value;
                }
                finally
                {
                    _lock.ExitWriteLock();
                }
            }
        }
        """,
        Sharded));

    [Fact]
    public async Task A_scope_in_a_using_statement_and_in_a_using_declaration() => Assert.Equal(Free, await FixAsync(
        """
        public sealed class Sessions
        {
            private readonly Lock _lock = new();
            private readonly Dictionary<string, int> _map = new();

            public int Get(string key)
            {
                using (_lock.EnterScope())
                {
                    return _map[key];
                }
            }

            public void Set(string key, int value)
            {
                using var scope = _lock.EnterScope();
                _map[key] = value;
            }
        }
        """,
        Sharded));

    [Fact]
    public async Task The_lock_is_disposed_of_no_more() => Assert.Equal(
        """
        using LockFree;

        public sealed class Sessions : IDisposable
        {
            private readonly ShardedMap<string, int> _map = new();

            public void Set(string key, int value)
            {
                _map[key] = value;
            }

            public void Dispose()
            {
            }
        }
        """,
        await FixAsync(
            """
            public sealed class Sessions : IDisposable
            {
                private readonly ReaderWriterLockSlim _lock = new();
                private readonly Dictionary<string, int> _map = new();

                public void Set(string key, int value)
                {
                    _lock.EnterWriteLock();
                    try
                    {
                        _map[key] = value;
                    }
                    finally
                    {
                        _lock.ExitWriteLock();
                    }
                }

                public void Dispose()
                {
                    _lock.Dispose();
                }
            }
            """,
            Sharded));

    [Fact]
    public async Task A_lock_of_two_collections_goes_with_the_last() => Assert.Equal(
        """
        using LockFree;

        public sealed class Sessions
        {
            private readonly ShardedMap<string, int> _byName = new();
            private readonly ShardedMap<int, string> _byNumber = new();

            public void Set(string name, int number)
            {
                _byName[name] = number;
                _byNumber[number] = name;
            }
        }
        """,
        await FixAsync(
            """
            public sealed class Sessions
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _byName = new();
                private readonly Dictionary<int, string> _byNumber = new();

                public void Set(string name, int number)
                {
                    lock (_gate)
                        _byName[name] = number;
                    lock (_gate)
                        _byNumber[number] = name;
                }
            }
            """,
            Sharded));

    [Fact]
    public async Task A_lock_that_still_guards_something_stays() => Assert.Equal(
        """
        using LockFree;

        public sealed class Sessions
        {
            private readonly object _gate = new();
            private readonly ShardedMap<string, int> _map = new();

            public void Set(string key, int value)
            {
                _map[key] = value;
            }

            public void Talk()
            {
                lock (_gate)
                {
                    Console.WriteLine();
                }
            }
        }
        """,
        await FixAsync(
            """
            public sealed class Sessions
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _map = new();

                public void Set(string key, int value)
                {
                    lock (_gate)
                        _map[key] = value;
                }

                public void Talk()
                {
                    lock (_gate)
                    {
                        Console.WriteLine();
                    }
                }
            }
            """,
            Sharded));

    [Fact]
    public async Task Static_state_and_another_objects_state() => Assert.Equal(
        """
        using LockFree;

        public sealed class Sessions
        {
            private static readonly ShardedMap<string, int> Shared = new();
            private readonly ShardedMap<string, int> _own = new();

            public void Set(string key, int value)
            {
                Shared[key] = value;
                this._own[key] = value;
            }

            public int From(Sessions other, string key)
            {
                return other._own[key];
            }
        }
        """,
        await FixAsync(
            """
            public sealed class Sessions
            {
                private static readonly object SharedGate = new();
                private static readonly Dictionary<string, int> Shared = new();
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _own = new();

                public void Set(string key, int value)
                {
                    lock (SharedGate)
                        Shared[key] = value;
                    lock (this._gate)
                        this._own[key] = value;
                }

                public int From(Sessions other, string key)
                {
                    lock (other._gate)
                        return other._own[key];
                }
            }
            """,
            Sharded));

    [Fact]
    public async Task Parts_in_two_files()
    {
        string[] texts = await FixAllSourcesAsync(
            [
                """
                public sealed partial class Sessions
                {
                    private readonly object _gate = new();
                    private readonly Dictionary<string, int> _map = new();

                    public void Set(string key, int value)
                    {
                        lock (_gate)
                            _map[key] = value;
                    }
                }
                """,
                """
                public sealed partial class Sessions
                {
                    public bool Remove(string key)
                    {
                        lock (_gate)
                            return _map.Remove(key);
                    }
                }
                """,
            ],
            Sharded);
        Assert.Equal(
            [
                """
                using LockFree;

                public sealed partial class Sessions
                {
                    private readonly ShardedMap<string, int> _map = new();

                    public void Set(string key, int value)
                    {
                        _map[key] = value;
                    }
                }
                """,
                """
                public sealed partial class Sessions
                {
                    public bool Remove(string key)
                    {
                        return _map.TryRemove(key, out _);
                    }
                }
                """,
            ],
            texts);
    }
}
