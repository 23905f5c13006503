using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>Every way to take and release a lock, seen as regions around the operations it protects.</summary>
public sealed class LockKindTests
{
    [Theory]
    [InlineData("object", "lock (_lock) { USE }", "Exclusive LockStatement Monitor")]
    [InlineData("Lock", "lock (_lock) { USE }", "Exclusive LockStatement Lock")]
    [InlineData("Lock", "using (_lock.EnterScope()) { USE }", "Exclusive UsingStatement Lock")]
    [InlineData("Lock", "using var scope = _lock.EnterScope(); USE", "Exclusive UsingDeclaration Lock")]
    [InlineData("Lock", "_lock.Enter(); try { USE } finally { _lock.Exit(); }", "Exclusive Call Lock")]
    [InlineData("object", "Monitor.Enter(_lock); try { USE } finally { Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "bool taken = false; try { Monitor.Enter(_lock, ref taken); USE } finally { if (taken) Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "if (!Monitor.TryEnter(_lock, 5)) return; try { USE } finally { Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "if (Monitor.TryEnter(_lock)) { USE Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "bool taken = Monitor.TryEnter(_lock); if (taken) { USE Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "bool taken = false; try { Monitor.TryEnter(_lock, ref taken); if (!taken) throw new TimeoutException(); USE } finally { if (taken) Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "try { Monitor.Enter(_lock); USE } finally { Monitor.Exit(_lock); }", "Exclusive Call Monitor")]
    [InlineData("object", "var gate = _lock; lock (gate) { USE }", "Exclusive LockStatement Monitor")]
    [InlineData("object", "lock (Gate) { USE }", "Exclusive LockStatement Monitor")]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterReadLock(); try { USE } finally { _lock.ExitReadLock(); }", "Read Call ReaderWriterLockSlim")]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterWriteLock(); try { USE } finally { _lock.ExitWriteLock(); }", "Exclusive Call ReaderWriterLockSlim")]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterUpgradeableReadLock(); try { _lock.EnterWriteLock(); try { } finally { _lock.ExitWriteLock(); } USE } finally { _lock.ExitUpgradeableReadLock(); }", "Upgradeable Call ReaderWriterLockSlim")]
    [InlineData("ReaderWriterLockSlim", "if (!_lock.TryEnterWriteLock(5)) return; try { USE } finally { _lock.ExitWriteLock(); }", "Exclusive Call ReaderWriterLockSlim")]
    [InlineData("ReaderWriterLock", "_lock.AcquireReaderLock(-1); try { USE } finally { _lock.ReleaseReaderLock(); }", "Read Call ReaderWriterLock")]
    [InlineData("ReaderWriterLock", "_lock.AcquireWriterLock(-1); try { USE } finally { _lock.ReleaseWriterLock(); }", "Exclusive Call ReaderWriterLock")]
    [InlineData("Mutex", "_lock.WaitOne(); try { USE } finally { _lock.ReleaseMutex(); }", "Exclusive Call Mutex")]
    [InlineData("Mutex", "if (_lock.WaitOne(5)) try { USE } finally { _lock.ReleaseMutex(); }", "Exclusive Call Mutex")]
    public void The_operation_is_seen_under_the_lock(string type, string body, string region)
    {
        string model = AnalyzedSource.ModelTextOf($$"""
            class C
            {
                private readonly {{type}} _lock = new();
                private {{type}} Gate => _lock;
                private readonly Dictionary<string, int> _map = new();
                public void M() { {{body.Replace("USE", "_map.Clear();")}} }
            }
            """);
        Assert.Contains($"region _lock {region} in M\n", model, StringComparison.Ordinal);
        Assert.EndsWith("field _map: Clear in M\n", model, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("await _lock.WaitAsync(); try { USE } finally { _lock.Release(); }")]
    [InlineData("await _lock.WaitAsync().ConfigureAwait(false); try { USE } finally { _lock.Release(); }")]
    [InlineData("_lock.Wait(); USE _lock.Release();")]
    [InlineData("if (await _lock.WaitAsync(5)) { USE _lock.Release(); }")]
    [InlineData("if (!await _lock.WaitAsync(5)) return; USE _lock.Release();")]
    [InlineData("bool entered = await _lock.WaitAsync(5).ConfigureAwait(false); if (entered) { USE _lock.Release(); }")]
    public void A_semaphore_is_a_lock(string body)
    {
        string model = AnalyzedSource.ModelTextOf($$"""
            class C
            {
                private readonly SemaphoreSlim _lock = new(1, 1);
                private readonly Dictionary<string, int> _map = new();
                public async Task M() { {{body.Replace("USE", "_map.Clear();")}} }
            }
            """);
        Assert.Contains("region _lock Exclusive Call SemaphoreSlim in M\n  Collection _map.Clear", model, StringComparison.Ordinal);
        Assert.EndsWith("field _map: Clear in M\n", model, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new(1)", true)]
    [InlineData("new(1, 1)", true)]
    [InlineData("new(2, 2)", false)]
    [InlineData("new(0, 1)", false)]
    [InlineData("new(Environment.ProcessorCount)", false)]
    public async Task A_semaphore_guards_only_where_it_lets_one_through(string creation, bool isLock)
    {
        string[] findings = await AnalyzedSource.FindingsAsync($$"""
            class C
            {
                private readonly SemaphoreSlim _lock = {{creation}};
                private readonly Dictionary<string, int> _map = new();
                public async Task M() { await _lock.WaitAsync(); try { _map["a"] = 1; } finally { _lock.Release(); } }
            }
            """);
        Assert.Equal(isLock ? ["LF1001 info _map"] : [], findings);
    }

    [Fact]
    public void A_spin_lock_is_a_lock() => Assert.Contains("region _lock Exclusive Call SpinLock in M\n  Collection _map.Clear", AnalyzedSource.ModelTextOf("""
        class C
        {
            private SpinLock _lock = new();
            private readonly Dictionary<string, int> _map = new();
            public void M() { bool taken = false; try { _lock.Enter(ref taken); _map.Clear(); } finally { if (taken) _lock.Exit(); } }
        }
        """), StringComparison.Ordinal);

    [Fact]
    public void A_synchronized_method_locks_its_object() => Assert.Contains("region this Exclusive SynchronizedMethod Monitor in M\n  Collection _map.Clear", AnalyzedSource.ModelTextOf("""
        class C
        {
            private readonly Dictionary<string, int> _map = new();
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)]
            public void M() { _map.Clear(); }
        }
        """), StringComparison.Ordinal);

    [Theory]
    [InlineData("Monitor.TryEnter(_lock); USE")]
    [InlineData("bool taken = Monitor.TryEnter(_lock); USE")]
    [InlineData("if (Monitor.TryEnter(_lock)) Monitor.Exit(_lock); USE")]
    [InlineData("Monitor.Enter(_lock); Monitor.Exit(_lock); USE")]
    [InlineData("if (_map.Count > 0) Monitor.Enter(_lock); USE")]
    [InlineData("Monitor.Enter(_lock); try { } finally { Monitor.Exit(_lock); } USE")]
    [InlineData("lock (_lock) { } USE")]
    [InlineData("Monitor.Enter(_lock); if (_map.Count > 0) Monitor.Exit(_lock); USE")]
    [InlineData("Monitor.Enter(_lock); try { throw new Exception(); } catch { Monitor.Exit(_lock); } USE")]
    [InlineData("Monitor.Enter(_lock); for (int i = 0; i < 2; i++) { if (i == 1) { Monitor.Exit(_lock); break; } } USE")]
    [InlineData("lock (_lock) { goto Out; } Out: USE")]
    [InlineData("using (_lock.GetType() as IDisposable) { } USE")]
    public void The_operation_is_seen_without_the_lock(string body) => Assert.Matches("Clear! in M\n$", AnalyzedSource.ModelTextOf($$"""
        class C
        {
            private readonly object _lock = new();
            private readonly Dictionary<string, int> _map = new();
            public void M() { {{body.Replace("USE", "_map.Clear();")}} }
        }
        """));

    [Theory]
    [InlineData("switch (n) { case 1: Monitor.Exit(_lock); return; case 2: break; default: n++; break; } USE Monitor.Exit(_lock);")]
    [InlineData("foreach (var i in new[] { 1 }) { if (i == n) continue; n++; } USE Monitor.Exit(_lock);")]
    [InlineData("while (true) { if (n++ > 3) break; } USE Monitor.Exit(_lock);")]
    [InlineData("do { n++; } while (n < 3); USE Monitor.Exit(_lock);")]
    [InlineData("try { n++; } catch (FormatException) { n--; } USE Monitor.Exit(_lock);")]
    [InlineData("n = n switch { 1 => 2, _ => 3 }; USE Monitor.Exit(_lock);")]
    [InlineData("lock (_lock) { n++; } USE Monitor.Exit(_lock);")]
    [InlineData("Monitor.Enter(_lock); n++; Monitor.Exit(_lock); USE Monitor.Exit(_lock);")]
    [InlineData("if (n > 0) goto Done; n++; Done: USE Monitor.Exit(_lock);")]
    public void Control_flow_does_not_lose_the_lock(string body) => Assert.EndsWith("field _map: Clear in M\n", AnalyzedSource.ModelTextOf($$"""
        class C
        {
            private readonly object _lock = new();
            private readonly Dictionary<string, int> _map = new();
            public void M(int n) { Monitor.Enter(_lock); {{body.Replace("USE", "_map.Clear();")}} }
        }
        """), StringComparison.Ordinal);

    [Fact]
    public void A_loop_that_ends_with_other_locks_than_it_began_with_proves_nothing()
    {
        LockRegion region = AnalyzedSource.ModelOf("""
            class C
            {
                private readonly object _lock = new();
                private readonly Dictionary<string, int> _map = new();
                public void M(int n) { Monitor.Enter(_lock); while (n-- > 0) { _map.Clear(); Monitor.Exit(_lock); } }
            }
            """).Regions[0];
        Assert.True(region.IsIrregular);
    }
}
