namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>Members that do with a map or set what LF1001's fixes know how to say without a lock: every shape, in its many wordings.</summary>
internal static class MapShapes
{
    public const string Singles = """
        public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }
        public void Add(string key, int value) { lock (_gate) { _map.Add(key, value); } }
        public bool TryAdd(string key, int value) { lock (_gate) { return _map.TryAdd(key, value); } }
        public bool Remove(string key) { lock (_gate) { return _map.Remove(key); } }
        public bool Take(string key, out int value) { lock (_gate) { return _map.Remove(key, out value); } }
        public int Get(string key) { lock (_gate) { return _map[key]; } }
        public int Stored(string key, int value) { lock (_gate) { return _map[key] = value; } }
        public int GetOrDefault(string key) { lock (_gate) { return _map.GetValueOrDefault(key); } }
        public int GetOrOther(string key, int value) { lock (_gate) { return _map.GetValueOrDefault(key, value); } }
        public bool TryGet(string key, out int value) { lock (_gate) { return _map.TryGetValue(key, out value); } }
        public bool Has(string key) { lock (_gate) { return _map.ContainsKey(key); } }
        public int Count() { lock (_gate) { return _map.Count; } }
        public void Clear() { lock (_gate) { _map.Clear(); } }
        """;

    public const string Compounds = """
        public int AskedAndRead(string key) { lock (_gate) { if (_map.ContainsKey(key)) return _map[key]; return -1; } }
        public int AskedOrThrown(string key) { lock (_gate) { if (!_map.ContainsKey(key)) throw new InvalidOperationException(); return _map[key]; } }
        public bool AddedIfMissing(string key, int value) { lock (_gate) { if (_map.ContainsKey(key)) return false; _map.Add(key, value); return true; } }
        public int AddedAndSaid(string key, int value) { lock (_gate) { if (!_map.ContainsKey(key)) { _map.Add(key, value); return 1; } else { return 2; } } }
        public void AddedIfWanted(string key, int value, bool wanted) { lock (_gate) { if (wanted && !_map.ContainsKey(key)) _map[key] = value; } }
        public int Taken(string key) { lock (_gate) { if (_map.TryGetValue(key, out var value)) { _map.Remove(key); return value; } return -1; } }
        public int TakenEarly(string key) { lock (_gate) { if (!_map.TryGetValue(key, out var value)) return -1; _map.Remove(key); return value; } }
        public int TakenBlindly(string key) { lock (_gate) { _map.TryGetValue(key, out int value); _map.Remove(key); return value; } }
        public void Removed(string key) { lock (_gate) { if (_map.ContainsKey(key)) _map.Remove(key); } }
        public int Measured(string key) { lock (_gate) { if (!_map.TryGetValue(key, out var value)) { value = key.Length + 7; _map[key] = value; } return value; } }
        public int Given(string key, int value) { lock (_gate) { if (_map.TryGetValue(key, out var found)) return found; _map[key] = value; return value; } }
        public int GivenAndRead(string key, int value) { lock (_gate) { if (!_map.ContainsKey(key)) _map[key] = value; return _map[key]; } }
        public void Counted(string key) { lock (_gate) { if (_map.TryGetValue(key, out var n)) _map[key] = n + 1; else _map.Add(key, 1); } }
        public void CountedFromZero(string key, int by) { lock (_gate) { if (!_map.TryGetValue(key, out int n)) n = 0; _map[key] = n + by; } }
        public void CountedFromFive(string key, int by) { lock (_gate) { if (!_map.TryGetValue(key, out int n)) n = 5; _map[key] = n * by; } }
        public void CountedAtOnce(string key) { lock (_gate) { _map[key] = _map.TryGetValue(key, out var n) ? n * 2 : 3; } }
        public int TakenIfWanted(string key, bool wanted) { int value = -1; lock (_gate) { if (wanted && _map.TryGetValue(key, out value)) _map.Remove(key); } return value; }
        public int[] Values() { lock (_gate) { return _map.Values.ToArray(); } }
        public List<string> Keys() { lock (_gate) { return new List<string>(_map.Keys); } }
        public List<KeyValuePair<string, int>> Entries() { lock (_gate) { return _map.ToList(); } }
        public Dictionary<string, int> Copy() { lock (_gate) { return new Dictionary<string, int>(_map); } }
        public List<int> CopiedOneByOne() { lock (_gate) { var all = new List<int>(_map.Count); foreach (int value in _map.Values) all.Add(value); return all; } }
        public int Sum() { lock (_gate) { return _map.Values.Sum(); } }
        public bool AnyOver(int limit) { lock (_gate) { return _map.Any(entry => entry.Value > limit); } }
        public List<string> Over(int limit) { var found = new List<string>(); lock (_gate) { foreach (var entry in _map) { if (entry.Value > limit) found.Add(entry.Key); } } return found; }
        """;

    /// <summary>What <c>ConcurrentDictionary</c> does not do in one step.</summary>
    public const string ShardedOnly = """
        public void Doubled(string key) { lock (_gate) { if (_map.TryGetValue(key, out var old)) _map[key] = old * 2; } }
        public bool Replaced(string key, int value) { lock (_gate) { if (_map.ContainsKey(key)) { _map[key] = value; return true; } return false; } }
        public KeyValuePair<string, int>[] Drained() { lock (_gate) { var all = _map.ToArray(); _map.Clear(); return all; } }
        public List<int> DrainedValues() { lock (_gate) { var all = _map.Values.ToList(); _map.Clear(); return all; } }
        """;

    /// <summary>Values made once, in a map that stores nothing else.</summary>
    public const string Once = """
        public int Loaded(string key) { lock (_gate) { if (_map.TryGetValue(key, out var value)) return value; value = Loader.Load(key); _map.Add(key, value); return value; } }
        public int LoadedInSteps(string key) { lock (_gate) { if (!_map.TryGetValue(key, out var value)) { var text = key + key; text = text.Trim(); value = Loader.Load(text); _map[key] = value; } return value; } }
        public string LoadedAndSpelled(string key) { lock (_gate) { if (_map.TryGetValue(key, out var value)) return value.ToString("x"); var made = Loader.Load(key); _map.Add(key, made); return made.ToString("x"); } }
        public int Loads() => Loader.Loads;
        public bool Remove(string key) { lock (_gate) { return _map.Remove(key); } }
        public int TakenEarly(string key) { lock (_gate) { if (!_map.TryGetValue(key, out var value)) return -1; _map.Remove(key); return value; } }
        public bool TryGet(string key, out int value) { lock (_gate) { return _map.TryGetValue(key, out value); } }
        public void Doubled(string key) { lock (_gate) { if (_map.TryGetValue(key, out var old)) _map[key] = old * 2; } }
        public bool Replaced(string key, int value) { lock (_gate) { if (_map.ContainsKey(key)) { _map[key] = value; return true; } return false; } }
        public List<KeyValuePair<string, int>> Entries() { lock (_gate) { return _map.ToList(); } }
        public void Clear() { lock (_gate) { _map.Clear(); } }
        """;

    /// <summary>A factory whose runs are counted and that fails for one key.</summary>
    public const string Loader = """


        public static class Loader
        {
            public static int Loads;

            public static int Load(string key)
            {
                Interlocked.Increment(ref Loads);
                return key.Length > 1 ? throw new FormatException() : key.Length;
            }
        }
        """;

    public const string SetMembers = """
        public bool Add(string item) { lock (_gate) { return _map.Add(item); } }
        public void AddQuietly(string item) { lock (_gate) { _map.Add(item); } }
        public bool Has(string item) { lock (_gate) { return _map.Contains(item); } }
        public bool Remove(string item) { lock (_gate) { return _map.Remove(item); } }
        public bool First(string item) { lock (_gate) { if (_map.Contains(item)) return false; _map.Add(item); return true; } }
        public bool Leave(string item) { lock (_gate) { if (!_map.Contains(item)) return false; _map.Remove(item); return true; } }
        public string[] Items() { lock (_gate) { return _map.ToArray(); } }
        public List<string> Longer(int length) { lock (_gate) { return _map.Where(item => item.Length > length).ToList(); } }
        public int Count() { lock (_gate) { return _map.Count; } }
        public void Clear() { lock (_gate) { _map.Clear(); } }
        """;

    /// <summary>A factory that makes another value each time it runs for a key, and that fails every other time for one of them.</summary>
    public const string RacingLoader = """


        public static class Loader
        {
            private static int s_ofA;
            private static int s_ofB;

            public static int Loads => s_ofA * 100 + s_ofB;

            public static void Reset()
            {
                s_ofA = 0;
                s_ofB = 0;
            }

            public static int Load(string key)
            {
                if (key[0] == 'a')
                    return 10 + Interlocked.Increment(ref s_ofA);

                int run = Interlocked.Increment(ref s_ofB);
                return run % 2 == 1 ? throw new FormatException() : 20 + run;
            }
        }
        """;
}
