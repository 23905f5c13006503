using LockFree.Analyzers.Tests.GuardedState;
using LockFree.Testing;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.AsyncLocks;

public sealed class LockHeldAcrossAwaitTests
{
    [Theory]
    [InlineData("object", "Monitor.Enter(_lock)", "Monitor.Exit(_lock)")]
    [InlineData("Lock", "_lock.Enter()", "_lock.Exit()")]
    [InlineData("Mutex", "_lock.WaitOne()", "_lock.ReleaseMutex()")]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterReadLock()", "_lock.ExitReadLock()")]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterWriteLock()", "_lock.ExitWriteLock()")]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterUpgradeableReadLock()", "_lock.ExitUpgradeableReadLock()")]
    [InlineData("ReaderWriterLock", "_lock.AcquireWriterLock(-1)", "_lock.ReleaseWriterLock()")]
    public async Task Each_lock_that_belongs_to_its_thread_is_found(string type, string enter, string exit)
    {
        string[] findings = await AnalyzedSource.FindingsAsync($$"""
            class C
            {
                private readonly {{type}} _lock = new();
                public async Task M() { {{enter}}; try { await Task.Delay(1); } finally { {{exit}}; } }
            }
            """);
        Assert.Contains($"LF3002 warning {enter}", findings);
    }

    [Fact]
    public async Task A_spin_lock_is_found() => await AssertFoundAsync("_spin.Enter(ref taken)", """
        class C
        {
            private SpinLock _spin = new();
            public async Task M() { bool taken = false; try { _spin.Enter(ref taken); await Task.Yield(); } finally { if (taken) _spin.Exit(); } }
        }
        """);

    [Theory]
    [InlineData("Monitor.Enter(_gate); try { await foreach (var x in Xs()) { } } finally { Monitor.Exit(_gate); }")]
    [InlineData("Monitor.Enter(_gate); try { await using (New()) { } } finally { Monitor.Exit(_gate); }")]
    [InlineData("Monitor.Enter(_gate); try { await using var x = New(); } finally { Monitor.Exit(_gate); }")]
    [InlineData("Monitor.Enter(_gate); try { int n = 1 + await Task.FromResult(1); } finally { Monitor.Exit(_gate); }")]
    [InlineData("Monitor.Enter(_gate); await Task.Yield(); Monitor.Exit(_gate);")]
    public async Task Every_kind_of_await_counts(string body) => await AssertFoundAsync("Monitor.Enter(_gate)", $$"""
        class C
        {
            private readonly object _gate = new();
            public async Task M() { {{body}} }
            private static async IAsyncEnumerable<int> Xs() { await Task.Yield(); yield return 1; }
            private static IAsyncDisposable New() => null!;
        }
        """);

    [Fact]
    public async Task A_disposable_wrapper_of_another_type_is_seen_through()
    {
        string[] findings = await AnalyzedSource.FindingsAsync("""
            class Store
            {
                public async Task SaveAsync() { using (DbLock.EnterWrite()) { await Task.Yield(); } }
                public async Task LoadAsync() { using var scope = DbLock.EnterRead(); await Task.Yield(); }
            }
            """, """
            sealed class DbLock : IDisposable
            {
                private static readonly ReaderWriterLockSlim _lock = new();
                private readonly Action _exit;
                private DbLock(Action exit) { _exit = exit; }
                public static IDisposable EnterWrite() { _lock.EnterWriteLock(); return new DbLock(_lock.ExitWriteLock); }
                public static IDisposable EnterRead() { _lock.EnterReadLock(); return new DbLock(_lock.ExitReadLock); }
                public void Dispose() => _exit();
            }
            """);
        Assert.Equal(2, findings.Count(finding => finding.StartsWith("LF3002 warning DbLock.Enter", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("using (DbLock.Enter(_log)) { await save().ConfigureAwait(false); }")]
    [InlineData("using (DbLock.Enter(_log)) { await save(); }")]
    [InlineData("using (DbLock.Enter(_log)) { await Task.Yield(); }")]
    public async Task A_wrapper_nested_in_the_type_that_has_the_lock_is_seen_through(string body) => await AssertFoundAsync("DbLock.Enter(_log)", $$"""
        class Store
        {
            private readonly Action<string> _log = _ => { };
            private static ReaderWriterLockSlim DatabaseLock { get; } = new();
            public void Save(Action save) { using (DbLock.Enter(_log)) { save(); } }
            public async Task SaveAsync(Func<Task> save) { {{body}} }

            private sealed class DbLock : IDisposable
            {
                private readonly Action _exit;
                private DbLock(Action exit) { _exit = exit; }
                public static IDisposable Enter(Action<string> log) { log("enter"); Begin(log); return new DbLock(() => End(log)); }
                private static void Begin(Action<string> log)
                {
                    if (!DatabaseLock.TryEnterWriteLock(1000))
                    {
                        log("busy");
                        DatabaseLock.EnterWriteLock();
                    }
                }

                private static void End(Action<string> log) { DatabaseLock.ExitWriteLock(); log("exit"); }
                public void Dispose() => _exit();
            }
        }
        """);

    [Fact]
    public async Task An_extension_method_that_returns_a_scope_is_seen_through() => await AssertFoundAsync("_lock.Write()", """
        class Store
        {
            private readonly ReaderWriterLockSlim _lock = new();
            public async Task SaveAsync() { using (_lock.Write()) await Task.Yield(); }
        }
        static class Scopes
        {
            public static IDisposable Write(this ReaderWriterLockSlim rw) => new WriteScope(rw);
            private sealed class WriteScope : IDisposable
            {
                private readonly ReaderWriterLockSlim _rw;
                public WriteScope(ReaderWriterLockSlim rw) { _rw = rw; rw.EnterWriteLock(); }
                public void Dispose() => _rw.ExitWriteLock();
            }
        }
        """);

    [Fact]
    public async Task A_scope_that_keeps_the_lock_it_is_given_in_a_field_is_seen_through() => await AssertFoundAsync("_lock.Write()", """
        class Store
        {
            private readonly ReaderWriterLockSlim _lock = new();
            public async Task SaveAsync() { using (_lock.Write()) await Task.Yield(); }
        }
        static class Scopes
        {
            public static IDisposable Write(this ReaderWriterLockSlim rw) { return new WriteScope(rw); }
            private sealed class WriteScope : IDisposable
            {
                private readonly ReaderWriterLockSlim _rw;
                public WriteScope(ReaderWriterLockSlim rw) { _rw = rw; _rw.EnterWriteLock(); }
                public void Dispose() => _rw.ExitWriteLock();
            }
        }
        """);

    [Theory]
    [InlineData("Gate.EnterWriteLock();")]
    [InlineData("if (!Gate.TryEnterWriteLock(1000)) { Console.WriteLine(who); Gate.EnterWriteLock(); }")]
    [InlineData("if (!Gate.TryEnterWriteLock(1000)) throw new TimeoutException(who);")]
    public async Task Wrappers_of_wrappers_around_a_lock_of_the_type_around_are_seen_through(string enter) => await AssertFoundAsync("DbLock.EnterWrite(\"save\")", $$"""
        class Store
        {
            private static ReaderWriterLockSlim Gate { get; } = new();
            public async Task SaveAsync() { using (DbLock.EnterWrite("save")) { await Task.Yield(); } }
            private sealed class DbLock : IDisposable
            {
                private static readonly IDisposable None = new DbLock(null);
                private readonly Action? _exit;
                private DbLock(Action? exit) { _exit = exit; }
                public static IDisposable EnterWrite(string who) { if (Gate.IsWriteLockHeld) return None; Begin(who); return new DbLock(() => End()); }
                private static void Begin(string who) { {{enter}} }
                private static void End() { Gate.ExitWriteLock(); }
                public void Dispose() => _exit?.Invoke();
            }
        }
        """);

    [Theory]
    [InlineData("if (who.Length > 3) Gate.EnterWriteLock();")]
    [InlineData("if (Gate.TryEnterWriteLock(1000)) Console.WriteLine(who);")]
    [InlineData("Gate.EnterWriteLock(); Gate.ExitWriteLock();")]
    public async Task A_wrapper_that_may_not_hold_the_lock_is_silent(string enter) => Assert.DoesNotContain(
        await AnalyzedSource.FindingsAsync($$"""
            class Store
            {
                private static readonly ReaderWriterLockSlim Gate = new();
                public async Task SaveAsync() { Begin("save"); await Task.Yield(); Gate.ExitWriteLock(); }
                private static void Begin(string who) { {{enter}} }
            }
            """),
        finding => finding.StartsWith("LF3002", StringComparison.Ordinal));

    [Fact]
    public async Task Own_enter_and_exit_methods_are_seen_through() => await AssertFoundAsync("EnterWrite()", """
        class Store
        {
            private readonly ReaderWriterLockSlim _lock = new();
            public async Task SaveAsync() { EnterWrite(); try { await Task.Yield(); } finally { ExitWrite(); } }
            private void EnterWrite() => _lock.EnterWriteLock();
            private void ExitWrite() => _lock.ExitWriteLock();
        }
        """);

    [Fact]
    public async Task A_lambda_is_a_function_of_its_own() => await AssertFoundAsync("Monitor.Enter(_gate)", """
        class C
        {
            private readonly object _gate = new();
            public Func<Task> M() => async () => { Monitor.Enter(_gate); try { await Task.Yield(); } finally { Monitor.Exit(_gate); } };
        }
        """);

    [Theory]
    [InlineData("if (!Monitor.TryEnter(_gate)) return; try { await Task.Yield(); } finally { Monitor.Exit(_gate); }")]
    [InlineData("if (Monitor.TryEnter(_gate)) { try { await Task.Yield(); } finally { Monitor.Exit(_gate); } }")]
    [InlineData("bool taken = Monitor.TryEnter(_gate); if (!taken) return; await Task.Yield(); Monitor.Exit(_gate);")]
    [InlineData("bool taken = false; Monitor.TryEnter(_gate, ref taken); if (taken) { await Task.Yield(); Monitor.Exit(_gate); }")]
    [InlineData("while (!Monitor.TryEnter(_gate)) Thread.Yield(); await Task.Yield(); Monitor.Exit(_gate);")]
    public async Task A_successful_try_enter_holds_the_lock(string body)
    {
        string[] findings = await AnalyzedSource.FindingsAsync($$"""class C { private readonly object _gate = new(); public async Task M() { {{body}} } }""");
        Assert.StartsWith("LF3002 warning Monitor.TryEnter(_gate", Assert.Single(findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Monitor.Enter(_gate); try { n++; } finally { Monitor.Exit(_gate); } await Task.Yield();")]
    [InlineData("Monitor.Enter(_gate); n++; Monitor.Exit(_gate); await Task.Yield();")]
    [InlineData("lock (_gate) { n++; } await Task.Yield();")]
    [InlineData("if (n > 0) { Monitor.Enter(_gate); n++; Monitor.Exit(_gate); } await Task.Yield();")]
    [InlineData("Monitor.Enter(_gate); if (n > 0) { Monitor.Exit(_gate); await Task.Yield(); } else { Monitor.Exit(_gate); }")]
    [InlineData("if (!Monitor.TryEnter(_gate)) { await Task.Yield(); return; } n++; Monitor.Exit(_gate);")]
    [InlineData("if (Monitor.TryEnter(_gate)) { n++; Monitor.Exit(_gate); } else { await Task.Yield(); }")]
    [InlineData("bool taken = false; try { Monitor.Enter(_gate, ref taken); n++; } finally { if (taken) Monitor.Exit(_gate); } await Task.Yield();")]
    [InlineData("Task later; Monitor.Enter(_gate); try { later = Task.Delay(1); } finally { Monitor.Exit(_gate); } await later;")]
    [InlineData("Func<Task> later; Monitor.Enter(_gate); try { later = async () => await Task.Yield(); } finally { Monitor.Exit(_gate); } await later();")]
    [InlineData("Monitor.Enter(_gate); try { _ = RunAsync(); } finally { Monitor.Exit(_gate); } await Task.Yield();")]
    [InlineData("using (var s = new System.IO.MemoryStream()) { await s.FlushAsync(); }")]
    [InlineData("await _async.WaitAsync(); try { await Task.Yield(); } finally { _async.Release(); }")]
    [InlineData("for (;;) { Monitor.Enter(_gate); if (n++ > 3) { Monitor.Exit(_gate); break; } Monitor.Exit(_gate); await Task.Yield(); }")]
    public async Task Released_before_the_await_is_silent(string body) => Assert.Empty(await AnalyzedSource.FindingsAsync($$"""
        class C
        {
            private readonly object _gate = new();
            private readonly SemaphoreSlim _async = new(1, 1);
            public async Task M(int n) { {{body}} }
            private static async Task RunAsync() { await Task.Yield(); }
        }
        """));

    [Fact]
    public async Task A_lock_never_released_in_the_function_is_silent() => Assert.Empty(await AnalyzedSource.FindingsAsync("""
        class C
        {
            public async Task Main() { using var single = new Mutex(false, "app"); if (!single.WaitOne(0)) return; await Task.Delay(1); }
        }
        """));

    [Theory]
    [InlineData("new Scope()")]
    [InlineData("AsyncGate.Enter()")]
    public async Task A_disposable_that_is_no_lock_is_silent(string resource) => Assert.Empty(await AnalyzedSource.FindingsAsync($$"""
        class C { public async Task M() { using ({{resource}}) { await Task.Yield(); } } }
        """, """
        sealed class Scope : IDisposable { public void Dispose() { } }
        static class AsyncGate { private static readonly SemaphoreSlim S = new(1, 1); public static IDisposable Enter() { S.Wait(); return new Releaser(); } sealed class Releaser : IDisposable { public void Dispose() => S.Release(); } }
        """));

    [Theory]
    [InlineData("Monitor.Enter(_gate); try { yield return 1; } finally { Monitor.Exit(_gate); }", "Monitor.Enter(_gate)")]
    [InlineData("_lock.EnterReadLock(); try { foreach (var x in _list) yield return x; } finally { _lock.ExitReadLock(); }", "_lock.EnterReadLock()")]
    public async Task Held_across_a_yield(string body, string place) => Assert.Equal([$"LF3002 warning {place}"], await AnalyzedSource.FindingsAsync($$"""
        class C
        {
            private readonly object _gate = new();
            private readonly ReaderWriterLockSlim _lock = new();
            private readonly List<int> _list = new();
            public IEnumerable<int> M() { {{body}} }
        }
        """));

    [CSharp13Fact]
    public async Task Where_the_compiler_warns_itself_of_a_yield_in_a_lock_statement_it_is_silent() => Assert.Empty(await AnalyzedSource.FindingsAsync(
        """class C { private readonly object _gate = new(); public IEnumerable<int> M() { lock (_gate) { yield return 1; } } }"""));

    [Theory]
    [InlineData("Task.Run(() => Monitor.Exit(_gate));")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => Monitor.Exit(_gate));")]
    [InlineData("Task.Delay(1).ContinueWith(_ => Monitor.Exit(_gate));")]
    [InlineData("new Thread(() => { try { } finally { Monitor.Exit(_gate); } }).Start();")]
    public async Task Released_by_another_thread(string release)
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            $$"""class C { private readonly object _gate = new(); public void M() { Monitor.Enter(_gate); {{release}} } /* async */ }"""));
        Assert.Contains("is released by code that runs in another thread", finding.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Monitor.Enter(_gate); Run(() => Monitor.Exit(_gate)); void Run(Action a) => a();")]
    [InlineData("Monitor.Enter(_gate); try { Task.Run(() => { Monitor.Enter(_gate); Monitor.Exit(_gate); }); } finally { Monitor.Exit(_gate); }")]
    [InlineData("Monitor.Enter(_gate); Later = () => Monitor.Exit(_gate);")]
    public async Task A_release_that_may_run_in_the_same_thread_is_silent(string body) => Assert.Empty(await AnalyzedSource.FindingsAsync(
        $$"""class C { private readonly object _gate = new(); public Action? Later; public void M() { {{body}} } /* async */ }"""));

    [Fact]
    public async Task The_finding_names_the_lock_and_the_method_and_points_at_the_await()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            """class C { private readonly object _gate = new(); public async Task SaveAsync() { Monitor.Enter(_gate); await Task.Yield(); Monitor.Exit(_gate); } }"""));
        Assert.Equal(
            "The lock '_gate', taken in 'SaveAsync', is still held at the 'await': only the thread that took it may release it, and the code behind may run in another thread",
            finding.GetMessage());
        Location awaited = Assert.Single(finding.AdditionalLocations);
        Assert.Equal("await Task.Yield()", awaited.SourceTree!.GetText().ToString(awaited.SourceSpan));
    }

    private static async Task AssertFoundAsync(string place, string source) =>
        Assert.Contains($"LF3002 warning {place}", await AnalyzedSource.FindingsAsync(source));
}
