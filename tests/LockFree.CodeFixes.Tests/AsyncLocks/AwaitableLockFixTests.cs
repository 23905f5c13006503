using LockFree.Analyzers.GuardedState;
using LockFree.CodeFixes.AsyncLocks;
using LockFree.CodeFixes.Tests.ReadMostly;
using LockFree.Testing;

namespace LockFree.CodeFixes.Tests.AsyncLocks;

public sealed class AwaitableLockFixTests
{
    private static readonly SiteFix Fix = new(() => new GuardedStateAnalyzer(), new AwaitableLockCodeFixProvider(), "LF3001.SemaphoreSlim");

    private const string Declaration = "private readonly ReaderWriterLockSlim _lock = new();";

    [Fact]
    public async Task Every_enter_and_exit_is_replaced() => Assert.Equal(
        Class("private readonly SemaphoreSlim _lock = new(1, 1);", """
            public async Task AddAsync(int n)
            {
                await Task.Yield();
                // One at a time.
                await _lock.WaitAsync(); // writers
                try { _sum += n; _count++; }
                finally { _lock.Release(); }
            }

            public async Task<int> MeanAsync()
            {
                await this._lock.WaitAsync();
                try
                {
                    if (_count == 0)
                        return 0;

                    return _sum / _count;
                }
                finally
                {
                    this._lock.Release();
                }
            }

            public Func<Task> Reset => async () => { await _lock.WaitAsync(); _sum = 0; _count = 0; _lock.Release(); await Task.Yield(); };

            public void Dispose() => _lock.Dispose();
            """),
        await Fix.FixAsync(Class(Declaration, """
            public async Task AddAsync(int n)
            {
                await Task.Yield();
                // One at a time.
                _lock.EnterWriteLock(); // writers
                try { _sum += n; _count++; }
                finally { _lock.ExitWriteLock(); }
            }

            public async Task<int> MeanAsync()
            {
                this._lock.EnterReadLock();
                try
                {
                    if (_count == 0)
                        return 0;

                    return _sum / _count;
                }
                finally
                {
                    this._lock.ExitReadLock();
                }
            }

            public Func<Task> Reset => async () => { _lock.EnterWriteLock(); _sum = 0; _count = 0; _lock.ExitWriteLock(); await Task.Yield(); };

            public void Dispose() => _lock.Dispose();
            """)));

    [Theory]
    [InlineData("private readonly ReaderWriterLockSlim _lock = new ReaderWriterLockSlim();", "private readonly SemaphoreSlim _lock = new SemaphoreSlim(1, 1);")]
    [InlineData("private static ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);", "private static SemaphoreSlim _lock = new(1, 1);")]
    [InlineData("private System.Threading.ReaderWriterLockSlim _lock = new System.Threading.ReaderWriterLockSlim();", "private System.Threading.SemaphoreSlim _lock = new System.Threading.SemaphoreSlim(1, 1);")]
    public async Task The_declaration_keeps_its_form(string before, string after) => Assert.Equal(
        Class(after, "public async Task M() { await Task.Yield(); await _lock.WaitAsync(); _sum++; _count++; _lock.Release(); }"),
        await Fix.FixAsync(Class(before, "public async Task M() { await Task.Yield(); _lock.EnterWriteLock(); _sum++; _count++; _lock.ExitWriteLock(); }")));

    [Theory]
    [InlineData("public int Get() { _lock.EnterReadLock(); try { return _sum + _count; } finally { _lock.ExitReadLock(); } }")]
    [InlineData("public async Task N() { await Task.Yield(); _lock.EnterUpgradeableReadLock(); _sum++; _lock.ExitUpgradeableReadLock(); }")]
    [InlineData("public async Task N() { await Task.Yield(); if (_lock.TryEnterWriteLock(10)) { _sum++; _lock.ExitWriteLock(); } }")]
    [InlineData("public async Task N() { _lock.EnterReadLock(); try { await Task.Yield(); } finally { _lock.ExitReadLock(); } }")]
    [InlineData("public async Task N(Task task) { _lock.EnterReadLock(); try { task.Wait(); } finally { _lock.ExitReadLock(); } await Task.Yield(); }")]
    [InlineData("public async Task N(Action then) { _lock.EnterReadLock(); try { then(); } finally { _lock.ExitReadLock(); } await Task.Yield(); }")]
    [InlineData("public async void N() { await Task.Yield(); _lock.EnterWriteLock(); _sum++; _lock.ExitWriteLock(); }")]
    [InlineData("public async Task N() { await Task.Yield(); lock (this) { _lock.EnterWriteLock(); _sum++; _lock.ExitWriteLock(); } }")]
    [InlineData("public async Task N() { await Task.Yield(); Monitor.Enter(this); _lock.EnterWriteLock(); _sum++; _lock.ExitWriteLock(); Monitor.Exit(this); }")]
    [InlineData("public async Task N() { await Task.Yield(); Enter(); _sum++; _lock.ExitWriteLock(); } private void Enter() => _lock.EnterWriteLock();")]
    [InlineData("public bool IsHeld => _lock.IsReadLockHeld;")]
    [InlineData("public ReaderWriterLockSlim Lock => _lock;")]
    [InlineData("public string Name => nameof(_lock);")]
    public Task Where_a_semaphore_would_not_do_the_same_nothing_is_offered(string member) => AssertNotOfferedBesideAsync(member);

    [CSharp13Fact]
    public Task Where_a_span_would_live_across_an_await_nothing_is_offered() => AssertNotOfferedBesideAsync(
        "public async Task N() { await Task.Yield(); _lock.EnterReadLock(); Span<int> span = stackalloc int[1]; _lock.ExitReadLock(); _sum = span[0]; _lock.EnterReadLock(); span[0] = 1; _lock.ExitReadLock(); }");

    [Theory]
    [InlineData("private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.SupportsRecursion);")]
    [InlineData("internal readonly ReaderWriterLockSlim _lock = new();")]
    [InlineData("private readonly ReaderWriterLockSlim _lock; public C(ReaderWriterLockSlim shared) => _lock = shared;")]
    [InlineData("private readonly ReaderWriterLockSlim _lock = new(), _other = new();")]
    [InlineData("private readonly ReaderWriterLock _lock = new();")]
    public Task Recursive_visible_and_shared_locks_are_left_to_a_person(string declaration)
    {
        bool isOld = declaration.Contains("ReaderWriterLock _lock", StringComparison.Ordinal);
        (string enter, string exit) = isOld ? ("AcquireWriterLock(-1)", "ReleaseWriterLock()") : ("EnterWriteLock()", "ExitWriteLock()");
        return Fix.AssertNotOfferedAsync(Class(
            declaration, $"public async Task M() {{ await Task.Yield(); _lock.{enter}; _sum++; _count++; _lock.{exit}; }}"));
    }

    private static string Class(string declaration, string members) => $$"""
        using System.Threading.Tasks;

        public sealed class C
        {
            {{declaration}}
            private int _sum;
            private int _count;

            {{members.Replace("\n", "\n    ").Replace("\n    \n", "\n\n")}}
        }
        """;

    private static Task AssertNotOfferedBesideAsync(string member) => Fix.AssertNotOfferedAsync(Class(
        Declaration, "public async Task M() { await Task.Yield(); _lock.EnterWriteLock(); _sum++; _count++; _lock.ExitWriteLock(); } " + member));
}
