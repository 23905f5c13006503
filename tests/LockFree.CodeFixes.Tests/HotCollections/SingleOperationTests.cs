using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.HotCollections;

public sealed class SingleOperationTests
{
    [Fact]
    public async Task Single_operations_lose_their_lock() => Assert.Equal(
        FixedClass("""
            public void Set(string key, int value)
            {
                // Last one wins.
                _map[key] = value; // stored
            }

            public void Add(string key, int value) => Append(key, value);

            private void Append(string key, int value)
            {
                _map.Add(key, value);
            }

            public bool Remove(string key)
            {
                return _map.TryRemove(key, out _);
            }

            public bool TryGet(string key, out int value)
            {
                return _map.TryGetValue(key, out value);
            }

            public int Find(string key)
            {
                int found;
                if (!_map.TryGetValue(key, out found))
                    return -1;
                return found;
            }

            public int Count => Size();

            private int Size()
            {
                return _map.Count;
            }
            """),
        await FixAsync(
            Class("""
                public void Set(string key, int value)
                {
                    // Last one wins.
                    lock (_gate)
                    {
                        _map[key] = value; // stored
                    }
                }

                public void Add(string key, int value) => Append(key, value);

                private void Append(string key, int value)
                {
                    lock (_gate)
                        _map.Add(key, value);
                }

                public bool Remove(string key)
                {
                    lock (_gate)
                    {
                        return _map.Remove(key);
                    }
                }

                public bool TryGet(string key, out int value)
                {
                    lock (_gate) { return _map.TryGetValue(key, out value); }
                }

                public int Find(string key)
                {
                    int found;
                    lock (_gate)
                    {
                        if (!_map.TryGetValue(key, out found))
                            return -1;
                    }
                    return found;
                }

                public int Count => Size();

                private int Size()
                {
                    lock (_gate) return _map.Count;
                }
                """),
            Sharded));
}
