using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.AsyncLocks;

public sealed class ReaderWriterLockInAsyncCodeTests
{
    [Theory]
    [InlineData("ReaderWriterLockSlim", "_lock.EnterReadLock()", "_lock.ExitReadLock()")]
    [InlineData("ReaderWriterLockSlim", "_lock.TryEnterWriteLock(10)", "_lock.ExitWriteLock()")]
    [InlineData("ReaderWriterLock", "_lock.AcquireReaderLock(-1)", "_lock.ReleaseReaderLock()")]
    public async Task Entered_in_an_async_method_is_a_warning(string type, string enter, string exit)
    {
        string statement = enter.Contains("Try") ? $"if (!{enter}) return;" : enter + ";";
        Assert.Equal([$"LF3001 warning {enter}"], await AnalyzedSource.FindingsAsync($$"""
            class C
            {
                private readonly {{type}} _lock = new();
                private int _n;
                public async Task M() { {{statement}} try { _n++; } finally { {{exit}}; } await Task.Yield(); }
            }
            """));
    }

    [Theory]
    [InlineData("public Func<Task> M() => async () => { _lock.EnterReadLock(); _n++; _lock.ExitReadLock(); await Task.Yield(); };")]
    [InlineData("public void M() { Run(); async Task Run() { _lock.EnterReadLock(); _n++; _lock.ExitReadLock(); await Task.Yield(); } }")]
    public async Task Entered_in_an_async_lambda_or_local_function_is_a_warning(string member) => Assert.Equal(
        ["LF3001 warning _lock.EnterReadLock()"],
        await AnalyzedSource.FindingsAsync($$"""class C { private readonly ReaderWriterLockSlim _lock = new(); private int _n; {{member}} }"""));

    [Fact]
    public async Task Entered_in_a_synchronous_lambda_of_an_async_method_is_not_entered_in_async_code() => Assert.Equal(
        ["LF3001 info _lock.EnterReadLock()"],
        await AnalyzedSource.FindingsAsync("""
            class C
            {
                private readonly ReaderWriterLockSlim _lock = new();
                private int _n;
                public async Task M() { await Task.Run(() => { _lock.EnterReadLock(); _n++; _lock.ExitReadLock(); }); }
            }
            """));

    [Fact]
    public async Task A_type_that_only_has_async_members_is_told_once_for_each_lock() => Assert.Equal(
        ["LF3001 info _lock.EnterReadLock()"],
        await AnalyzedSource.FindingsAsync("""
            class C
            {
                private readonly ReaderWriterLockSlim _lock = new();
                private int _n;
                public int Get() { _lock.EnterReadLock(); try { return _n; } finally { _lock.ExitReadLock(); } }
                public void Set(int n) { _lock.EnterWriteLock(); try { _n = n; } finally { _lock.ExitWriteLock(); } }
                public async Task LoadAsync() { await Task.Yield(); Set(1); }
            }
            """));

    [Fact]
    public async Task Where_it_is_held_across_an_await_that_is_all_that_is_said() => Assert.Equal(
        ["LF3001 warning _lock.EnterWriteLock()", "LF3002 warning _lock.EnterReadLock()"],
        (await AnalyzedSource.FindingsAsync("""
            class C
            {
                private readonly ReaderWriterLockSlim _lock = new();
                private int _n;
                public async Task M() { _lock.EnterReadLock(); try { await Task.Yield(); } finally { _lock.ExitReadLock(); } }
                public async Task N() { _lock.EnterWriteLock(); try { _n++; } finally { _lock.ExitWriteLock(); } await Task.Yield(); }
            }
            """)).Order());

    [Fact]
    public async Task A_warning_for_a_lock_is_not_repeated_as_information() => Assert.Equal(
        ["LF3001 warning _lock.EnterWriteLock()"],
        await AnalyzedSource.FindingsAsync("""
            class C
            {
                private readonly ReaderWriterLockSlim _lock = new();
                private int _n;
                public int Get() { _lock.EnterReadLock(); try { return _n; } finally { _lock.ExitReadLock(); } }
                public async Task LoadAsync() { await Task.Yield(); _lock.EnterWriteLock(); _n++; _lock.ExitWriteLock(); }
            }
            """));

    [Fact]
    public async Task A_scope_around_the_lock_is_seen_through() => Assert.Equal(
        ["LF3001 warning _lock.ReadLock()"],
        await AnalyzedSource.FindingsAsync("""
            class Storage
            {
                private readonly ReaderWriterLockSlim _lock = new();
                public async Task<string> Load(string path) { await Task.Yield(); using (_lock.ReadLock()) { return System.IO.File.ReadAllText(path); } }
            }
            static class Scopes
            {
                public static IDisposable ReadLock(this ReaderWriterLockSlim rw) { rw.EnterReadLock(); return new Scope(rw); }
                sealed class Scope : IDisposable { private readonly ReaderWriterLockSlim _rw; public Scope(ReaderWriterLockSlim rw) { _rw = rw; } public void Dispose() => _rw.ExitReadLock(); }
            }
            """));

    [Fact]
    public async Task Own_types_of_the_same_name_are_silent() => Assert.Empty(await AnalyzedSource.FindingsAsync("""
        namespace Own { class ReaderWriterLockSlim { public void EnterReadLock() { } public void ExitReadLock() { } } }
        class C
        {
            private readonly Own.ReaderWriterLockSlim _lock = new();
            public async Task M() { _lock.EnterReadLock(); await Task.Yield(); _lock.ExitReadLock(); }
        }
        """));

    [Fact]
    public async Task A_type_without_async_code_is_silent() => Assert.Empty(await AnalyzedSource.FindingsAsync("""
        class C
        {
            private readonly ReaderWriterLockSlim _lock = new();
            private int _n; // async
            public int Get() { _lock.EnterReadLock(); try { return _n; } finally { _lock.ExitReadLock(); } }
        }
        """));

    [Theory]
    [InlineData("lock (_gate) { _n++; }")]
    [InlineData("_semaphore.Wait(); _n++; _semaphore.Release();")]
    public async Task Other_locks_are_silent(string body) => Assert.Empty(await AnalyzedSource.FindingsAsync($$"""
        class C
        {
            private readonly object _gate = new();
            private readonly SemaphoreSlim _semaphore = new(1, 1);
            private int _n;
            public async Task M() { {{body}} await Task.Yield(); }
        }
        """));

    [Fact]
    public async Task Where_the_lock_guards_one_map_alone_the_advice_is_the_map()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync("""
            class C
            {
                private readonly ReaderWriterLockSlim _lock = new();
                private readonly Dictionary<string, int> _map = new();
                public async Task M() { await Task.Yield(); _lock.EnterWriteLock(); try { _map["a"] = 1; } finally { _lock.ExitWriteLock(); } }
            }
            """), diagnostic => diagnostic.Id == "LF3001");
        Assert.Equal(
            "The ReaderWriterLockSlim '_lock' is entered in 'M', which is async: make '_map', all that it guards, a ShardedMap", finding.GetMessage());
    }
}
