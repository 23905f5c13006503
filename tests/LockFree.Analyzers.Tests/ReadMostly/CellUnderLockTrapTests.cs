using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>Where LF2001 says nothing: the lock does more than guard one value.</summary>
public sealed class CellUnderLockTrapTests
{
    private const string Cell = "public object? F { get { lock (_gate) { return _f; } } set { lock (_gate) { _f = value; } } }";

    [Theory]
    [InlineData("public void M() { lock (_gate) { _f = null; Console.WriteLine(); } }")]
    [InlineData("public event Action? Changed; public void M() { lock (_gate) { _f = null; Changed?.Invoke(); } }")]
    [InlineData("public void M(Action then) { lock (_gate) { then(); _f = null; } }")]
    [InlineData("public void M() { lock (_gate) { _f = Console.ReadLine(); } }")]
    [InlineData("public string? M() { lock (_gate) { return _f!.ToString(); } }")]
    public async Task A_side_effect_is_serialised_with_it(string member) => await AssertSilentAsync($"{Cell} {member}");

    [Theory]
    [InlineData("private int _version; public void M(object f) { lock (_gate) { _f = f; _version++; } }")]
    [InlineData("private object? _g; public void M() { lock (_gate) { _f = _g; } }")]
    [InlineData("private bool _disposed; public void M(object f) { lock (_gate) { if (_disposed) return; _f = f; } }")]
    [InlineData("private object? _g; public void M() { lock (_gate) { var old = _f; _f = null; _g = old; } }")]
    public async Task Another_field_is_guarded_with_it(string members) => await AssertSilentAsync($"{Cell} {members}");

    [Fact]
    public async Task A_value_changed_in_place_under_the_lock() => await AssertSilentAsync(
        "private List<int> _list = new(); public void Add(int n) { lock (_gate) { _list.Add(n); } } public List<int> Take() { lock (_gate) { var old = _list; _list = new(); return old; } }");

    [Theory]
    [InlineData("public void M() { lock (_gate) { for (int i = 0; i < 3; i++) _n++; } } public int N() { lock (_gate) { return _n; } }")]
    [InlineData("public void M() { lock (_gate) { _n++; _n++; } } public int N() { lock (_gate) { return _n; } }")]
    [InlineData("public void M() { lock (_gate) { if (_n < 9) _n++; } } public int N() { lock (_gate) { return _n; } }")]
    [InlineData("public void M() { lock (_gate) { _n = _n * 2; } } public int N() { lock (_gate) { return _n; } }")]
    [InlineData("public void M() { lock (_gate) { checked { _n++; } } } public int N() { lock (_gate) { return _n; } }")]
    [InlineData("public int M() { lock (_gate) { return _n + _n; } } public void S(int n) { lock (_gate) { _n = n; } }")]
    [InlineData("public void M() { while (true) { lock (_gate) { if (_n == 0) break; _n = 0; } } } public void S(int n) { lock (_gate) { _n = n; } }")]
    public async Task What_is_no_single_operation(string members) => await AssertSilentAsync("private int _n; " + members);

    [Theory]
    [InlineData("public void M() { lock (_gate) { Monitor.Wait(_gate); } }")]
    [InlineData("public void M() { lock (_gate) { Monitor.PulseAll(_gate); } }")]
    public async Task Threads_wait_on_the_lock(string member) => await AssertSilentAsync($"{Cell} {member}");

    [Fact]
    public async Task A_condition_of_a_wait() => await AssertSilentAsync(
        "private bool _ready; public void Set() { lock (_gate) { _ready = true; Monitor.PulseAll(_gate); } } public void Await() { lock (_gate) { while (!_ready) Monitor.Wait(_gate); } }");

    [Theory]
    [InlineData("public void M() { _f = null; }")]
    [InlineData("public void M() { Interlocked.Exchange(ref _f, null); }")]
    [InlineData("public void M() { Change(ref _f); } private static void Change(ref object? f) => f = null;")]
    [InlineData("private readonly object _other = new(); public void M() { lock (_other) { _f = null; } }")]
    [InlineData("public void M(C other) { lock (_gate) { other._f = null; } }")]
    [InlineData("public void M() { Monitor.Enter(_gate); _f = null; Console.WriteLine(); Monitor.Exit(_gate); }")]
    [InlineData("public static readonly string Name = \"_f\";")]
    public async Task Some_use_is_not_under_the_lock_or_not_seen(string member) => await AssertSilentAsync($"{Cell} {member}");

    [Theory]
    [InlineData("lock (this)")]
    [InlineData("lock (typeof(C))")]
    [InlineData("lock (Shared)")]
    [InlineData("lock (Given)")]
    public async Task A_lock_that_code_elsewhere_can_take(string statement) => await AssertSilentAsync(
        $"public object Shared = new(); private readonly object Given; public C(object given) {{ Given = given; }} public object? F {{ get {{ {statement} {{ return _f; }} }} set {{ {statement} {{ _f = value; }} }} }}");

    [Fact]
    public async Task A_lock_that_is_handed_out() => await AssertSilentAsync($"{Cell} public object Gate => Identity(_gate); private static object Identity(object gate) => gate;");

    [Fact]
    public async Task An_instances_lock_does_not_guard_a_static_field() => await AssertSilentAsync(
        "private static int s_f; public int F { get { lock (_gate) { return s_f; } } set { lock (_gate) { s_f = value; } } }");

    [Theory]
    [InlineData("[ThreadStatic] private static int s_f;")]
    [InlineData("[System.Diagnostics.DebuggerDisplay(\"x\")] private static int s_f;")]
    public async Task A_field_whose_attribute_may_give_it_another_meaning(string field) => await AssertSilentAsync(
        $"private static readonly object Gate = new(); {field} public static int F {{ get {{ lock (Gate) {{ return s_f; }} }} set {{ lock (Gate) {{ s_f = value; }} }} }}");

    [Theory]
    [InlineData("Guid")]
    [InlineData("decimal")]
    [InlineData("int?")]
    public async Task A_value_wider_than_one_access(string type) => await AssertSilentAsync(
        $"private {type} _wide; public {type} F {{ get {{ lock (_gate) {{ return _wide; }} }} set {{ lock (_gate) {{ _wide = value; }} }} }}");

    [Theory]
    [InlineData("public object? G() { lock (_gate) { return _f; } }")]
    [InlineData("public void S(object? f) { lock (_gate) { _f = f; } }")]
    public async Task Only_loads_or_only_stores(string member) => await AssertSilentAsync(member);

    [Fact]
    public async Task A_value_stored_by_another_part_without_the_lock() => Assert.Empty(await AnalyzedSource.FindingsAsync(
        $"partial class C {{ private readonly object _gate = new(); private object? _f; {Cell} }}", "partial class C { public void Reset() => _f = null; }"));

    [Fact]
    public async Task A_value_stored_by_a_nested_type_without_the_lock() => await AssertSilentAsync(
        $"{Cell} private class Nested {{ public void Reset(C c) => c._f = null; }}");

    [Fact]
    public async Task Locals_of_the_same_name_are_not_the_field() => await AssertSilentAsync(
        "public object? M() { object? _f = null; lock (_gate) { return _f; } } public void N() { object? _f; lock (_gate) { _f = null; } }");

    [Theory]
    [InlineData("public void M(ref object? result) { lock (_gate) { result = _f; } }")]
    [InlineData("public Action M() { object? shared = null; return () => { lock (_gate) { shared = _f; } }; }")]
    [InlineData("public Action M() { object? shared = null; return Local; void Local() { lock (_gate) { _f = shared; } } }")]
    public async Task What_is_copied_may_be_known_to_other_threads_too(string member) => await AssertSilentAsync($"{Cell} {member}");

    [Fact]
    public async Task A_primary_constructors_parameter_is_a_field() => Assert.Empty(await AnalyzedSource.FindingsAsync(
        "class C(object? first) { private readonly object _gate = new(); private object? _f; public object? F { get { lock (_gate) { return _f; } } } public void Reset() { lock (_gate) { _f = first; } } public void Set(object f) { first = f; } }"));

    private static async Task AssertSilentAsync(string members) => Assert.DoesNotContain(
        await AnalyzedSource.FindingsAsync($"#pragma warning disable\nclass C {{ private readonly object _gate = new(); private object? _f; {members} }}"),
        finding => finding.StartsWith("LF2001", StringComparison.Ordinal));
}
