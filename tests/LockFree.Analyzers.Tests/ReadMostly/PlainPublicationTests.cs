using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>LF2005: written under a lock, read without it.</summary>
public sealed class PlainPublicationTests
{
    [Theory]
    [InlineData("private bool _ready; private readonly List<int> _list = new(); public void Ensure() { if (!_ready) { lock (_gate) { if (!_ready) { _list.Add(1); _ready = true; } } } }")]
    [InlineData("private bool _ready; private int _n; public int Ensure() { if (_ready) return _n; lock (_gate) { if (!_ready) { _n = 1; _ready = true; } } return _n; }")]
    [InlineData("private int _ready; private int _n; public int Ensure() { if (_ready == 1) return _n; lock (_gate) { if (_ready == 0) { _n = 1; _ready = 1; } } return _n; }")]
    [InlineData("private bool _ready; public void Ensure() { if (!_ready) lock (_gate) { if (!_ready) { Load(); _ready = true; } } } private static void Load() => System.IO.File.Delete(\"a\");")]
    public async Task A_flag_that_says_that_other_state_is_ready(string members) => await AssertFoundAsync("warning _ready", members);

    [Theory]
    [InlineData("private bool _go; public void Set() { lock (_gate) { _go = true; Console.WriteLine(); } } public void Await() { while (!_go) { } }")]
    [InlineData("private bool _go; public void Set() { lock (_gate) { _go = true; Console.WriteLine(); } } public void Await() { while (!_go) Thread.Sleep(1); }")]
    [InlineData("private bool _go; public void Set() { lock (_gate) { _go = true; Console.WriteLine(); } } public void Await(SpinWait spin) { while (_go == false) { spin.SpinOnce(); } }")]
    [InlineData("private object? _go; public void Set() { lock (_gate) { _go = new(); Console.WriteLine(); } } public void Await() { for (; _go is null;) { } }")]
    public async Task A_loop_that_waits(string members) => await AssertFoundAsync("warning _go", members);

    [Theory]
    [InlineData("private Guid _id; public void Set(Guid id) { lock (_gate) { _id = id; Console.WriteLine(); } } public Guid Get() => _id;", "warning")]
    [InlineData("private decimal _id; public void Set(decimal id) { lock (_gate) { _id = id; Console.WriteLine(); } } public decimal Get() => _id;", "warning")]
    [InlineData("private int? _id; public void Set(int id) { lock (_gate) { _id = id; Console.WriteLine(); } } public int? Get() => _id;", "warning")]
    [InlineData("private long _id; public void Set(long id) { lock (_gate) { _id = id; Console.WriteLine(); } } public long Get() => _id;", "info")]
    [InlineData("private DateTime _id; public void Set(DateTime id) { lock (_gate) { _id = id; Console.WriteLine(); } } public DateTime Get() => _id;", "info")]
    public async Task A_value_that_may_be_torn(string members, string severity) => await AssertFoundAsync(severity + " _id", members);

    [Theory]
    [InlineData("private Guid _id; public Guid Renew(Guid id) { lock (_gate) { _id = id; Console.WriteLine(); } return _id; }")]
    [InlineData("private readonly Sink _sink = new(); public void Set(TimeSpan left) { lock (_gate) { _sink.Left = left; Console.WriteLine(); } } public Sink Copy() { lock (_gate) return _sink.Clone(); } public sealed class Sink { private TimeSpan? _left; public TimeSpan? Left { get => _left; set => _left = value; } public Sink Clone() => (Sink)MemberwiseClone(); }")]
    public async Task A_wide_value_that_its_writer_reads_or_another_object_locks(string members) => await AssertSilentAsync(members);

    [Theory]
    [InlineData("private Action? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } public void Run() { if (_f != null) _f(); }")]
    [InlineData("private string? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } public int Run() => _f != null && _f.Length > 1 ? 1 : 0;")]
    [InlineData("private int[] _f = []; public void Put(int n) { lock (_gate) { _f = [.. _f, n]; } } public void Run() { for (int i = 0; i < _f.Length; i++) Console.WriteLine(_f[i]); }")]
    [InlineData("private List<int> _f = []; public void Put(int n) { lock (_gate) { _f = [.. _f, n]; } } public int Run() { if (_f.Count > 0) return _f[0]; return 0; }")]
    public async Task Two_reads_of_what_may_be_replaced_in_between(string members) => await AssertFoundAsync("warning _f", members);

    [Theory]
    [InlineData("public void Dispose() { if (_f != null) _f(); }")]
    [InlineData("public virtual void Dispose(bool disposing) { if (_f != null) { _f(); } }")]
    [InlineData("~C() { if (_f != null) { _f(); } }")]
    public async Task Two_reads_at_the_end_of_a_life_are_information(string end) => await AssertFoundAsync(
        "info _f", "private Action? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } " + end);

    [Fact]
    public async Task Two_reads_elsewhere_stay_a_warning_beside_those_at_the_end_of_a_life() => await AssertFoundAsync("warning _f",
        "private Action? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } "
        + "public void Dispose() { if (_f != null) _f(); } public void Run() { if (_f != null) _f(); }");

    [Theory]
    [InlineData("public object Get() { if (_f != null) return _f; lock (_gate) { return _f ??= new(); } }", "warning _f")]
    [InlineData("public object P { get { if (_f is not null) { return _f; } lock (_gate) { if (_f == null) { _f = new(); } return _f; } } }", "warning _f")]
    [InlineData("public async Task<object> Get() { await Task.Yield(); if (_f != null) return _f; lock (_gate) { return _f ??= new(); } }", "warning _f")]
    [InlineData("public void Run(List<object> all) { if (_f != null) all.Add(_f); }", "warning _f")]
    [InlineData("public object Get() { object? f = _f; if (f != null) return f; lock (_gate) { return _f ??= new(); } }", "info _f")]
    [InlineData("public object? Get() { if (_f != null) return _f; lock (_gate) { return _f ??= new(); } }", "info _f")]
    public async Task A_second_read_that_is_returned_or_handed_on_as_not_null(string reader, string expected) => await AssertFoundAsync(
        expected, "private object? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } " + reader);

    [Theory]
    [InlineData("if (_f != null) return _f; lock (_gate) { return _f ??= new object(); }", true)]
    [InlineData("if (_f != null) return _f; return null;", false)]
    public async Task Without_annotations_only_what_is_created_on_demand_is_never_null(string body, bool isFound) => Assert.Equal(
        isFound ? ["LF2005 warning _f"] : [], await AnalyzedSource.FindingsAsync($$"""
            #nullable disable
            class C
            {
                private readonly object _gate = new();
                private object _f;
                public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } }
                public object Get() { {{body}} }
            }
            """));

    [Theory]
    [InlineData("if (_f != null) Console.WriteLine(_f);")]
    [InlineData("if (_f != null && Equals(_f, this)) Console.WriteLine();")]
    [InlineData("lock (_gate) { _f = null; } if (_f != null) all.Add(_f);")]
    public async Task A_second_read_where_null_is_expected_or_that_the_clearing_function_does(string body) => await AssertSilentAsync(
        "private object? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } public void Run(List<object> all) { " + body + " }");

    [Theory]
    [InlineData("private object? _f; public object Get() { if (_f == null) { lock (_gate) { if (_f == null) { _f = new(); } } } return _f; }")]
    [InlineData("private object? _f; public object Get() { if (_f != null) return _f; lock (_gate) { return _f ??= new(); } }")]
    [InlineData("private object? _f; public object Get() { var f = _f; if (f != null) return f; lock (_gate) { if (_f == null) _f = new(); return _f; } }")]
    [InlineData("private static object? _f; private static readonly object Gate = new(); public static object Get() { if (_f is null) lock (Gate) { if (_f is null) _f = new(); } return _f; }")]
    public async Task A_double_check_of_a_reference_is_information(string members) => await AssertFoundAsync("info _f", members);

    [Theory]
    [InlineData("private Dictionary<string, int> _f = new(); public void Put(string k) { lock (_gate) { _f = new(_f) { [k] = 1 }; } } public bool Has(string k) => _f.ContainsKey(k);")]
    [InlineData("private string[] _f = []; public void Put(string k) { lock (_gate) { var f = _f; Array.Resize(ref f, f.Length + 1); f[^1] = k; _f = f; } } public bool Has(string k) => Array.IndexOf(_f, k) >= 0;")]
    [InlineData("private System.Collections.Immutable.ImmutableList<int> _f = []; public void Put(int k) { lock (_gate) { _f = _f.Add(k); } } public bool Has(int k) => _f.Contains(k);")]
    public async Task Copy_on_write_of_a_reference_is_information(string members) => await AssertFoundAsync("info _f", members);

    [Theory]
    [InlineData("private volatile object? _f; public object Get() { if (_f == null) { lock (_gate) { if (_f == null) { _f = new(); } } } return _f; }")]
    [InlineData("private object? _f; public object Get() { if (Volatile.Read(ref _f) == null) { lock (_gate) { if (_f == null) { _f = new(); } } } return _f; }")]
    [InlineData("private object? _f; public object Get() => LazyInitializer.EnsureInitialized(ref _f);")]
    [InlineData("private static readonly object _f = new(); public static object Get() { lock (_f) { return _f; } }")]
    [InlineData("private Lazy<object> _f = new(); public object Get() => _f.Value;")]
    public async Task What_orders_its_reads_itself(string members) => await AssertSilentAsync(members);

    [Theory]
    [InlineData("private bool _disposed; public void Dispose() { if (_disposed) return; lock (_gate) { if (_disposed) return; Console.WriteLine(); _disposed = true; } }")]
    [InlineData("private bool _begun; public void Begin() { if (_begun) return; lock (_gate) { if (_begun) return; _begun = true; Load(); } } private static void Load() => System.IO.File.Delete(\"a\");")]
    [InlineData("private bool _on; public void Set() { lock (_gate) { _on = true; Console.WriteLine(); } } public bool IsOn => _on;")]
    [InlineData("private bool _on; public void Set() { lock (_gate) { _on = true; Console.WriteLine(); } } public void Run() { while (_on) Console.WriteLine(); }")]
    [InlineData("private int _next; public void Run() { if (_next < 9) { lock (_gate) { for (; _next < 9; _next++) Console.WriteLine(); } } }")]
    [InlineData("private object? _f; public void Set(object f) { lock (_gate) { _f = f; Console.WriteLine(); } } public object? Get() => _f;")]
    [InlineData("private Action? _f; public void Run() { if (_f != null) _f(); lock (_gate) { _f = null; Console.WriteLine(); } }")]
    [InlineData("private Action? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } public void Run() { var f = _f; if (f != null) f(); }")]
    [InlineData("private List<int> _f = new(); public void Put(int n) { lock (_gate) { _f.Add(n); _f = new(_f); } } public int Get() => _f.Capacity;")]
    [InlineData("private List<int>? _f; public void Put() { lock (_gate) { _f ??= new(); _f.Add(1); } } public void Drop() { if (_f == null) return; lock (_gate) { if (_f != null && _f.Count == 0) _f = null; } }")]
    [InlineData("private Guid _id; public void Set(Guid id) { _id = id; } public Guid Get() => _id; public void M() { lock (_gate) { Console.WriteLine(_id); } }")]
    [InlineData("private int[] _f; public C() { _f = []; lock (_gate) { _f = [1]; } } public int[] Get() => _f;")]
    public async Task Nothing_can_go_wrong_or_nothing_is_certain(string members) => await AssertSilentAsync(members);

    [Fact]
    public async Task The_message_names_the_lock_and_the_reader()
    {
        var finding = Assert.Single(await AnalyzedSource.DiagnosticsAsync(
            "class C { private readonly object _gate = new(); private bool _go; public void Set() { lock (_gate) { _go = true; Console.WriteLine(); } } public void Await() { while (!_go) { } } }"));
        Assert.Equal("'_go' is written under the lock '_gate' and read without it in 'Await': the loop may look at it only once and wait for ever; make it volatile", finding.GetMessage());
        Assert.Equal("_go", finding.AdditionalLocations[0].SourceTree!.GetText().ToString(finding.AdditionalLocations[0].SourceSpan));
        Assert.Equal("HoistedRead", finding.Properties["Hazard"]);
    }

    private static async Task AssertFoundAsync(string expected, string members) => Assert.Equal(
        ["LF2005 " + expected], await AnalyzedSource.FindingsAsync($"class C {{ private readonly object _gate = new(); {members} }}"));

    private static async Task AssertSilentAsync(string members) => Assert.DoesNotContain(
        await AnalyzedSource.FindingsAsync($"class C {{ private readonly object _gate = new(); {members} }}"),
        finding => finding.StartsWith("LF2005", StringComparison.Ordinal));
}
