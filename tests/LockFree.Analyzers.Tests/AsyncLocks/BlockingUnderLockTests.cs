using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.AsyncLocks;

public sealed class BlockingUnderLockTests
{
    [Theory]
    [InlineData("var n = LoadAsync().Result;", "LoadAsync().Result")]
    [InlineData("LoadAsync().Wait();", "LoadAsync().Wait()")]
    [InlineData("LoadAsync().Wait(TimeSpan.FromSeconds(5));", "LoadAsync().Wait(TimeSpan.FromSeconds(5))")]
    [InlineData("LoadAsync().GetAwaiter().GetResult();", "LoadAsync().GetAwaiter().GetResult()")]
    [InlineData("LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult();", "LoadAsync().ConfigureAwait(false).GetAwaiter().GetResult()")]
    [InlineData("ValueAsync().AsTask().Wait();", "ValueAsync().AsTask().Wait()")]
    [InlineData("var n = ValueAsync().Result;", "ValueAsync().Result")]
    [InlineData("ValueAsync().GetAwaiter().GetResult();", "ValueAsync().GetAwaiter().GetResult()")]
    [InlineData("Task.WaitAll(LoadAsync(), LoadAsync());", "Task.WaitAll(LoadAsync(), LoadAsync())")]
    [InlineData("_pending?.Wait();", ".Wait()")]
    [InlineData("if (!_pending.IsCompleted) { _pending.Wait(); }", "_pending.Wait()")]
    public async Task Every_way_to_block_on_a_task_is_found(string body, string place) =>
        Assert.Equal([$"LF3003 warning {place}"], await FindingsAsync($"public void M() {{ lock (_gate) {{ {body} }} }}"));

    [Theory]
    [InlineData("lock (_gate) { LoadAsync().Wait(); }")]
    [InlineData("Monitor.Enter(_gate); try { LoadAsync().Wait(); } finally { Monitor.Exit(_gate); }")]
    [InlineData("if (!Monitor.TryEnter(_gate, 10)) return; try { LoadAsync().Wait(); } finally { Monitor.Exit(_gate); }")]
    [InlineData("lock (_lock) { LoadAsync().Wait(); }")]
    [InlineData("using (_lock.EnterScope()) LoadAsync().Wait();")]
    [InlineData("_readers.EnterReadLock(); try { LoadAsync().Wait(); } finally { _readers.ExitReadLock(); }")]
    [InlineData("_single.Wait(); try { LoadAsync().Wait(); } finally { _single.Release(); }")]
    [InlineData("using (Hold()) { LoadAsync().Wait(); }")]
    public async Task Under_every_lock_and_wrapper(string body) => Assert.Equal(
        ["LF3003 warning LoadAsync().Wait()"],
        (await FindingsAsync($$"""
            private readonly Lock _lock = new();
            private readonly ReaderWriterLockSlim _readers = new();
            private readonly SemaphoreSlim _single = new(1, 1);
            private IDisposable Hold() => new Scope(_gate);
            private sealed class Scope : IDisposable { private readonly object _held; public Scope(object held) { _held = held; Monitor.Enter(held); } public void Dispose() => Monitor.Exit(_held); }
            public void M() { {{body}} }
            """)).Where(finding => finding.StartsWith("LF3003", StringComparison.Ordinal)));

    [Theory]
    [InlineData("foreach (var task in tasks.Where(t => !t.IsCompleted)) _n += task.Result;")]
    [InlineData("foreach (var task in tasks.Where(t => t.Id > 3 || t.IsCompleted)) _n += task.Result;")]
    [InlineData("foreach (var task in tasks.Where(t => t.IsCompleted).Select(t => LoadAsync())) _n += task.Result;")]
    [InlineData("var some = tasks.Where(t => t.IsCompleted); some = tasks; foreach (var task in some) _n += task.Result;")]
    [InlineData("var some = tasks; some = some.ToList(); foreach (var task in some) _n += task.Result;")]
    public async Task Tasks_that_are_chosen_otherwise_may_not_have_ended(string body) =>
        Assert.Single(await FindingsAsync($"private int _n; public void M(IEnumerable<Task<int>> tasks) {{ lock (_gate) {{ {body} }} }}"));

    [Fact]
    public async Task In_a_helper_that_is_called_under_the_lock_it_is_found_once() => Assert.Equal(
        ["LF3003 warning LoadAsync().Wait()"],
        await FindingsAsync("""
            public void M() { lock (_gate) { Load(); } }
            public void N() { lock (_gate) { Load(); } }
            private void Load() => LoadAsync().Wait();
            """));

    [Fact]
    public async Task The_message_names_the_call_the_innermost_lock_and_its_taker_and_points_at_the_lock()
    {
        Diagnostic finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(Class("""
            private readonly object _inner = new();
            public void M() { lock (_gate) { lock (_inner) { LoadAsync().Wait(); } } }
            """)));

        Assert.StartsWith("'.Wait' blocks until the task has ended while the lock '_inner', taken in 'M', is held:", finding.GetMessage(), StringComparison.Ordinal);
        Location taken = Assert.Single(finding.AdditionalLocations);
        Assert.Equal("lock (_inner)", taken.SourceTree!.GetText().ToString(taken.SourceSpan));
    }

    [Theory]
    [InlineData("LoadAsync().Wait(); lock (_gate) { }")]
    [InlineData("Task<int> task; lock (_gate) { task = LoadAsync(); } task.Wait();")]
    [InlineData("lock (_gate) { Task.Run(() => LoadAsync().Wait()); }")]
    [InlineData("Monitor.Enter(_gate); Monitor.Exit(_gate); LoadAsync().Wait();")]
    [InlineData("if (Monitor.TryEnter(_gate)) Monitor.Exit(_gate); else LoadAsync().Wait();")]
    public async Task Where_no_lock_is_held_it_is_silent(string body) => Assert.Empty(await FindingsAsync($"public void M() {{ {body} }}"));

    [Theory]
    [InlineData("if (_pending.IsCompleted) Use(_pending.Result);")]
    [InlineData("if (_pending.IsCompletedSuccessfully && _other) Use(_pending.Result);")]
    [InlineData("Use(_pending.IsCompleted ? _pending.Result : 0);")]
    [InlineData("Use(!_pending.IsCompleted ? 0 : _pending.Result);")]
    [InlineData("_other = _pending.IsCompleted && _pending.Result > 0;")]
    [InlineData("_other = !_pending.IsCompleted || _pending.Result > 0;")]
    [InlineData("if (!_pending.IsCompleted) return; Use(_pending.Result);")]
    [InlineData("if (_pending.Status == TaskStatus.RanToCompletion) Use(_pending.Result);")]
    [InlineData("if (_pending is { IsCompleted: true }) Use(_pending.Result);")]
    [InlineData("switch (_pending.Status) { case TaskStatus.RanToCompletion: Use(_pending.Result); break; }")]
    [InlineData("if (HasValue) Use(_pending.Result);")]
    [InlineData("if (IsCompleted(_pending)) Use(_pending.Result);")]
    [InlineData("if (_pending.Wait(0)) Use(_pending.Result);")]
    [InlineData("Use(Task.FromResult(1).Result);")]
    [InlineData("new ValueTask<int>(1).GetAwaiter().GetResult();")]
    [InlineData("Task.CompletedTask.Wait();")]
    public async Task A_task_known_to_have_ended_is_silent(string body) => Assert.Empty(await FindingsAsync($$"""
        private bool _other;
        private bool HasValue => _pending.IsCompletedSuccessfully;
        private void Use(int n) { }
        private static bool IsCompleted(Task task) => task.Status > TaskStatus.WaitingForChildrenToComplete;
        public void M() { lock (_gate) { {{body}} } }
        """));

    [Theory]
    [InlineData("public async Task M() { var task = LoadAsync(); await task.ConfigureAwait(false); lock (_gate) { _n = task.Result; } }")]
    [InlineData("public void M(List<Task<int>> tasks) { lock (_gate) { foreach (var task in tasks.Where(t => t.IsCompleted)) _n += task.Result; } }")]
    [InlineData("public void M(List<Task<int>> tasks) { lock (_gate) { foreach (var task in tasks.Where(t => t.Id > 3 && t.IsCompletedSuccessfully).ToList()) _n += task.Result; } }")]
    [InlineData("public void M(List<Task<int>> tasks) { lock (_gate) { var done = tasks.Where(t => t.IsCompleted).ToArray(); foreach (var task in done) _n += task.Result; } }")]
    [InlineData("public void M(IEnumerable<Task<int>> tasks) { lock (_gate) { var done = tasks.Where(t => t.IsCompleted); done = done.ToList(); foreach (var task in done) _n += task.Result; } }")]
    [InlineData("public async Task M() { var tasks = new[] { LoadAsync(), LoadAsync() }; await Task.WhenAll(tasks); lock (_gate) { foreach (var task in tasks) _n += task.Result; } }")]
    [InlineData("public async Task M() { var tasks = new List<Task<int>> { LoadAsync() }; await Task.WhenAll(tasks); lock (_gate) { for (int i = 0; i < tasks.Count; i++) _n += tasks[i].Result; } }")]
    [InlineData("public async Task M() { var first = await Task.WhenAny(LoadAsync(), LoadAsync()); lock (_gate) { _n = first.Result; } }")]
    [InlineData("public void M() { var task = LoadAsync(); task.Wait(); lock (_gate) { _n = task.Result; } }")]
    [InlineData("public Task M() => LoadAsync().ContinueWith(task => { lock (_gate) { _n = task.Result; } });")]
    [InlineData("public Task M() => LoadAsync().ContinueWith(Done); private void Done(Task<int> task) { lock (_gate) { _n = task.GetAwaiter().GetResult(); } }")]
    [InlineData("public void M() { var source = new TaskCompletionSource<int>(); source.SetResult(1); lock (_gate) { _n = source.Task.Result; } }")]
    public async Task A_task_that_was_waited_for_before_is_silent(string member) =>
        Assert.Empty(await FindingsAsync("private int _n; " + member));

    [Fact]
    public async Task A_semaphore_that_lets_several_through_is_no_lock() => Assert.Empty(await FindingsAsync(
        "private readonly SemaphoreSlim _throttle = new(10); public void M() { _throttle.Wait(); try { LoadAsync().Wait(); } finally { _throttle.Release(); } }"));

    [Fact]
    public async Task The_first_of_two_waits_for_one_task_is_the_one_that_blocks() => Assert.Equal(
        ["LF3003 warning _pending.Wait()"],
        await FindingsAsync("private int _n; public void M() { lock (_gate) { _pending.Wait(); _n = _pending.Result; } }"));

    [Fact]
    public async Task Own_members_of_the_same_names_are_silent() => Assert.Empty(await FindingsAsync("""
        private sealed class Job { public int Result => 1; public void Wait() { } public Job GetAwaiter() => this; public int GetResult() => 1; }
        private readonly ManualResetEventSlim _event = new();
        public void M() { var job = new Job(); lock (_gate) { job.Wait(); _ = job.Result; job.GetAwaiter().GetResult(); _event.Wait(); Monitor.Wait(_gate); } }
        """));

    [Fact]
    public async Task A_blocking_factory_is_still_a_factory() => Assert.Contains(
        "LF1001 warning _map",
        await FindingsAsync("""
            private readonly Dictionary<string, int> _map = new();
            public int Get(string key)
            {
                lock (_gate)
                {
                    if (_map.TryGetValue(key, out var value)) return value;
                    value = LoadAsync().Result;
                    _map[key] = value;
                    return value;
                }
            }
            """));

    private static Task<string[]> FindingsAsync(string members) => AnalyzedSource.FindingsAsync(Class(members));

    private static string Class(string members) => $$"""
        class C
        {
            private readonly object _gate = new();
            private Task<int> _pending = Task.FromResult(0);
            private static Task<int> LoadAsync() => Task.FromResult(1);
            private static ValueTask<int> ValueAsync() => new(LoadAsync());
            {{members}}
        }
        """;
}
