namespace LockFree.Analyzers.Tests.ConcurrentMaps;

public sealed class CheckThenActSilenceTests
{
    [Theory]
    [InlineData("lock (_gate) { _counts[k]++; }")]
    [InlineData("lock (_gate) { if (!_texts.TryGetValue(k, out var t)) _texts[k] = t = k.Trim(); }")]
    [InlineData("if (!_texts.ContainsKey(k)) lock (_gate) { if (!_texts.ContainsKey(k)) _texts[k] = k.Trim(); }")]
    [InlineData("Monitor.Enter(_gate); try { _counts[k]++; } finally { Monitor.Exit(_gate); }")]
    [InlineData("Monitor.Enter(_gate); if (k == null) { Monitor.Exit(_gate); return; } _counts[k]++; Monitor.Exit(_gate);")]
    [InlineData("if (!Monitor.TryEnter(_gate)) return; _counts[k]++; Monitor.Exit(_gate);")]
    [InlineData("using (EnterLock()) _counts[k]++;")]
    [InlineData("using var held = EnterLock(); _counts[k]++;")]
    [InlineData("using (var lease = _keyedLocks(k)) _counts[k]++;")]
    [InlineData("Locked(() => _counts[k]++);")]
    public async Task Under_a_lock(string body) => Assert.Empty(await MapSource.FindingsInClassAsync($$"""
        public void M(string k) { {{body}} }
        static IDisposable EnterLock() => null!;
        private readonly Func<string, IDisposable> _keyedLocks = null!;
        static void Locked(Action then) => then();
        """));

    [Fact]
    public async Task After_an_awaited_semaphore() => Assert.Empty(await MapSource.FindingsInClassAsync("""
        private readonly SemaphoreSlim _single = new(1, 1);
        public async Task M(string k)
        {
            await _single.WaitAsync().ConfigureAwait(false);
            try { if (!_texts.TryGetValue(k, out var t)) { await Task.Yield(); _texts[k] = k; } }
            finally { _single.Release(); }
        }
        """));

    [Fact]
    public async Task After_a_release_the_lock_holds_no_longer() => Assert.Equal(
        ["LF1002 warning _counts[k]"],
        await MapSource.FindingsInClassAsync("public void M(string k) { Monitor.Enter(_gate); Monitor.Exit(_gate); _counts[k]++; }"));

    [Fact]
    public async Task In_a_private_method_that_is_called_under_a_lock_only() => Assert.Empty(await MapSource.FindingsInClassAsync("""
        public void M(string k) { lock (_gate) Count(k); }
        public void N(string k) { lock (_gate) Twice(k); }
        private void Twice(string k) { Count(k); Count(k); }
        private void Count(string k) => _counts[k]++;
        """));

    [Fact]
    public async Task A_private_method_that_is_called_without_the_lock_once_is_found() => Assert.Single(await MapSource.FindingsInClassAsync("""
        public void M(string k) { lock (_gate) Count(k); }
        public void N(string k) => Count(k);
        private void Count(string k) => _counts[k]++;
        """));

    [Fact]
    public async Task A_private_method_that_is_handed_out_is_found() => Assert.Single(await MapSource.FindingsInClassAsync("""
        public void M(string k) { lock (_gate) Count(k); }
        public Action<string> N() => Count;
        private void Count(string k) => _counts[k]++;
        """));

    [Theory]
    [InlineData("while (true) { var old = _counts[k]; if (_counts.TryUpdate(k, old + 1, old)) return; }")]
    [InlineData("while (_counts.TryGetValue(k, out var old)) { if (_counts.TryUpdate(k, old + 1, old)) return; }")]
    [InlineData("if (!_texts.TryGetValue(k, out var t)) { t = k.Trim(); if (!_texts.TryAdd(k, t)) t = _texts[k]; }")]
    [InlineData("if (_texts.ContainsKey(k) && _texts.TryRemove(k, out var t)) Use(t);")]
    [InlineData("if (!_texts.TryGetValue(k, out var t)) t = _texts.GetOrAdd(k, k.Trim());")]
    [InlineData("if (_texts.TryGetValue(k, out var t) && t.Length == 1) _texts.TryRemove(new KeyValuePair<string, string>(k, t));")]
    [InlineData("if (!_texts.TryAdd(k, k)) _texts[k] = k;")]
    public async Task A_tested_attempt(string body) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public void M(string k) {{ {body} }} static void Use(string text) {{ }}"));

    [Theory]
    [InlineData("if (!_texts.ContainsKey(k)) _texts[other] = k.Trim();")]
    [InlineData("if (!_texts.ContainsKey(k)) { k = other; _texts[k] = other.Trim(); }")]
    [InlineData("if (!_texts.ContainsKey(Next())) _texts[Next()] = other.Trim();")]
    [InlineData("if (!_texts.ContainsKey(DateTime.Now.ToString())) _texts[DateTime.Now.ToString()] = other.Trim();")]
    [InlineData("_counts[k] = _counts[other] + 1;")]
    [InlineData("if (_counts.TryGetValue(k, out var n)) { k = other; _counts[k] = n + 1; }")]
    [InlineData("foreach (string x in new[] { k, other }) { if (_texts.ContainsKey(x)) continue; } _texts[k] = other;")]
    public async Task Another_key(string body) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public void M(string k, string other) {{ {body} }} string Next() => \"\";"));

    [Theory]
    [InlineData("if (!_texts.ContainsKey(k)) that._texts[k] = k.Trim();")]
    [InlineData("if (!Of(k).ContainsKey(k)) Of(k)[k] = k.Trim();")]
    [InlineData("var map = _texts; if (!map.ContainsKey(k)) { map = that._texts; map[k] = k.Trim(); }")]
    public async Task Another_map(string body) => Assert.Empty(await MapSource.FindingsInClassAsync(
        $"public void M(string k, C that) {{ {body} }} ConcurrentDictionary<string, string> Of(string k) => new();"));

    [Fact]
    public async Task A_map_of_the_functions_own() => Assert.Empty(await MapSource.FindingsAsync("""
        class C
        {
            public ConcurrentDictionary<string, int> M(string[] words)
            {
                var counts = new ConcurrentDictionary<string, int>();
                foreach (string word in words)
                {
                    if (!counts.TryGetValue(word, out int n)) counts[word] = 1;
                    else counts[word] = n + 1;
                }

                return counts;
            }
        }
        """));

    [Fact]
    public async Task In_construction() => Assert.Empty(await MapSource.FindingsInClassAsync("""
        private static readonly ConcurrentDictionary<string, int> Known = new();
        static C() { Known["a"] = 1; Known["a"]++; }
        public C(string k) { _counts[k] = 1; _counts[k]++; Fill(k); }
        private void Fill(string k) => _counts[k]++;
        """));

    [Theory]
    [InlineData("if (_texts.ContainsKey(k)) return _texts[k]; return k;")]
    [InlineData("if (_texts.TryGetValue(k, out var t)) { t = t.Trim(); } return t ?? k;")]
    [InlineData("if (_texts.TryGetValue(k, out var t)) return t; _texts.Clear(); return k;")]
    [InlineData("if (!_texts.TryGetValue(k, out var t) || t.Length > 4) { t = k.Trim(); _texts[k] = t; } return t;")]
    [InlineData("if (!_texts.TryGetValue(k, out var t)) { t = k.Trim(); if (t.Length > 2) _texts[k] = t; } return t;")]
    [InlineData("if (_texts.ContainsKey(k)) _texts.TryRemove(k, out _); return k;")]
    [InlineData("try { if (_texts.ContainsKey(k)) return k; } catch { _texts[k] = k.Trim(); } return k;")]
    [InlineData("if (!_texts.TryGetValue(k, out var t)) _texts[k] = string.Empty; return k;")]
    [InlineData("if (_texts.TryGetValue(k, out var t) && k.Length > 3) _texts.TryRemove(k, out _); return k;")]
    public async Task Harmless_or_deliberate(string body) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public string M(string k) {{ {body} }}"));

    [Theory]
    [InlineData("if (_counts.ContainsKey(k)) return; _counts[k] = 1;")]
    [InlineData("if (!_counts.ContainsKey(k)) _counts.TryAdd(k, 1);")]
    [InlineData("foreach (char c in k) { string s = c.ToString(); if (_texts.ContainsKey(k)) throw new InvalidOperationException(); _texts[k] = s; }")]
    public async Task A_mark_that_nothing_hangs_on(string body) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public void M(string k) {{ {body} }}"));

    [Fact]
    public async Task A_sweep_that_removes_is_not_a_removal_on_demand() => Assert.Empty(await MapSource.FindingsInClassAsync("""
        public string Get(string k) => _texts.ContainsKey(k) ? _texts[k] : k;
        public void Sweep() { foreach (var pair in _texts) _texts.TryRemove(pair.Key, out _); }
        """));

    [Fact]
    public async Task Check_in_one_function_and_act_in_another() => Assert.Empty(await MapSource.FindingsInClassAsync("""
        public Action M(string k)
        {
            if (_counts.ContainsKey(k)) throw new InvalidOperationException();
            return () => _counts[k] = 1;
        }
        """));

    [Fact]
    public async Task A_plain_dictionary_and_a_type_of_the_same_name() => Assert.Empty(await MapSource.FindingsAsync("""
        namespace Own
        {
            class ConcurrentDictionary<TKey, TValue> : Dictionary<TKey, TValue> where TKey : notnull { }
            class C
            {
                private readonly ConcurrentDictionary<string, int> _own = new();
                private readonly Dictionary<string, int> _plain = new();
                public void M(string k) { _own[k]++; _plain[k]++; }
            }
        }
        """));

    [Theory]
    [InlineData("if (!_texts.ContainsKey(k)) { _texts.TryAdd(k, k.Trim()); }")]
    [InlineData("if (!_texts.ContainsKey(k)) { _texts.TryAdd(k, k.Trim()); } Console.WriteLine(k);")]
    [InlineData("if (_texts.ContainsKey(k)) return; var t = k.Trim(); _texts.TryAdd(k, t);")]
    [InlineData("if (!_texts.TryGetValue(k, out _)) _texts.TryAdd(k, k.Trim());")]
    [InlineData("if (!_texts.TryGetValue(k, out var t)) _texts.TryAdd(k, k.Trim());")]
    [InlineData("if (!_lists.ContainsKey(k)) _lists.TryAdd(k, new List<int>());")]
    public async Task An_added_value_that_nobody_uses_afterwards(string body) =>
        Assert.Empty(await MapSource.FindingsInClassAsync($"public void M(string k) {{ {body} }}"));

    [Theory]
    [InlineData("int id = Interlocked.Increment(ref _last); Task.Run(() => _jobs[id] = text); _jobs[id] = text;", 0)]
    [InlineData("var id = Interlocked.Increment(ref _last); _jobs.TryAdd(id, text);", 0)]
    [InlineData("int id = Interlocked.Increment(ref _last); id %= 10; _jobs[id] = text;", 1)]
    [InlineData("int id = ++_last; _jobs[id] = text;", 1)]
    [InlineData("int id = Interlocked.Increment(ref _last); _jobs[id] = text; _jobs[text.Length] = text;", 1)]
    public async Task A_removal_under_a_key_that_is_never_stored_again(string store, int findings) => Assert.Equal(findings, (await MapSource.FindingsAsync($$"""
        class C
        {
            private readonly ConcurrentDictionary<int, string> _jobs = new();
            private int _last;
            public void Add(string text) { {{store}} }
            public void Drop(int id) { if (_jobs.TryGetValue(id, out var job) && job.Length > 3) _jobs.TryRemove(id, out _); }
        }
        """)).Length);
}
