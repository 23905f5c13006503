using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>What LF2001 finds: one value under a lock of its own.</summary>
public sealed class CellUnderLockTests
{
    private const string Load = "public string? Get() { lock (_gate) { return _f; } }";

    [Theory]
    [InlineData("string? _f;", "public void Set(string? value) { lock (_gate) { _f = value; } }")]
    [InlineData("string? _f;", "public void Set(string? value) { lock (_gate) _f = value; }")]
    [InlineData("string? _f;", "public void Reset() { lock (_gate) { _f = null; } }")]
    [InlineData("string? _f;", "public string? Take() { lock (_gate) { var old = _f; _f = null; return old; } }")]
    [InlineData("string? _f;", "public string? Take() { string? old; lock (_gate) { old = _f; _f = null; } return old; }")]
    [InlineData("string? _f;", "public bool Has { get { lock (_gate) { return _f != null; } } } public void Reset() { lock (_gate) { _f = null; } }")]
    [InlineData("string? _f;", "public bool Has { get { lock (_gate) { return _f is not null; } } } public void Reset() { lock (_gate) { _f = null; } }")]
    [InlineData("string? _f;", "public void Set(string? value) { if (value == null) throw new ArgumentNullException(); lock (_gate) { _f = value; } }")]
    public async Task A_reference_that_is_stored_and_loaded(string field, string member) => Assert.Equal(
        ["LF2001 warning _f"], await AnalyzedSource.FindingsAsync($"class C {{ private readonly object _gate = new(); private {field} {Load} {member} }}"));

    [Theory]
    [InlineData("private bool _f;", "public bool Get() { lock (_gate) { return _f; } } public void Set() { lock (_gate) { _f = true; } }")]
    [InlineData("private DayOfWeek _f;", "public DayOfWeek Get() { lock (_gate) { return _f; } } public void Set(DayOfWeek day) { lock (_gate) { _f = day; } }")]
    [InlineData("private long _f;", "public long Get() { lock (_gate) { return _f; } } public void Set(long n) { lock (_gate) { _f = n; } }")]
    [InlineData("private List<int> _f = new();", "public List<int> Get() { lock (_gate) { return _f; } } public void Set(List<int> list) { lock (_gate) { _f = new List<int>(list); } }")]
    [InlineData("private volatile bool _f;", "public bool Peek => _f; public bool Get() { lock (_gate) { return _f; } } public void Set() { lock (_gate) { _f = true; } }")]
    [InlineData("private bool _f;", "public void M() { lock (_gate) { if (_f) return; _f = true; } Console.WriteLine(); }")]
    [InlineData("private bool _f;", "public bool M() { lock (_gate) { if (_f) return false; _f = true; return true; } }")]
    [InlineData("private bool _f;", "public void M() { lock (_gate) { if (_f) throw new InvalidOperationException(\"twice\"); _f = true; } Console.WriteLine(); }")]
    [InlineData("private bool _f = true;", "public void M() { lock (_gate) { if (!_f) return; _f = false; } Console.WriteLine(); }")]
    [InlineData("private bool _f;", "public void M() { lock (_gate) { if (!_f) { _f = true; } else { return; } } try { Console.WriteLine(); } finally { lock (_gate) { _f = false; } } }")]
    [InlineData("private int _f;", "public void M() { lock (_gate) { _f++; } } public int Get() { lock (_gate) { return _f; } }")]
    [InlineData("private int _f;", "public int Next() { lock (_gate) { return ++_f; } }")]
    [InlineData("private int _f;", "public int Next() { lock (_gate) { return _f++; } }")]
    [InlineData("private int _f;", "public int Next() { lock (_gate) { _f++; return _f; } }")]
    [InlineData("private long _f;", "public void Add(int n) { lock (_gate) { _f += n; } } public long Get() { lock (_gate) { return _f; } }")]
    [InlineData("private int _f;", "public void Sub() { lock (_gate) { _f -= 2; } } public int Get { get { lock (_gate) { return _f; } } }")]
    [InlineData("private int _f;", "public void M() { for (int i = 0; i < 3; i++) lock (_gate) { _f++; } } public int Get { get { lock (_gate) { return _f; } } }")]
    public async Task One_operation_in_every_region(string field, string members) => Assert.Equal(
        ["LF2001 warning _f"], await AnalyzedSource.FindingsAsync($"class C {{ private readonly object _gate = new(); {field} {members} }}"));

    [Theory]
    [InlineData("private static readonly object Gate = new(); private static string? _f; public static string? F { get { lock (Gate) { return _f; } } set { lock (Gate) { _f = value; } } }")]
    [InlineData("private readonly Lock _gate = new(); private string? _f; public string? F { get { lock (_gate) { return _f; } } set { lock (_gate) { _f = value; } } }")]
    [InlineData("private readonly object _gate; private string? _f; public C() { _gate = new object(); _f = \"\"; } public string? F { get { lock (_gate) { return _f; } } set { lock (_gate) { _f = value; } } }")]
    public async Task Kinds_of_locks(string members) =>
        Assert.Equal(["LF2001 warning _f"], await AnalyzedSource.FindingsAsync($"class C {{ {members} }}"));

    [Theory]
    [InlineData("private object _g = new(); public object GetG() { lock (_gate) { return _g; } } public void SetG(object g) { lock (_gate) { _g = g; } }", "the lock guards '_g' too")]
    [InlineData("private readonly List<int> _list = new(); public void Add(int n) { lock (_gate) { _list.Add(n); } }", "the lock has other regions")]
    [InlineData("public string Make() { lock (_gate) { if (_f == null) _f = Read(); return _f; } } private string Read() => Console.ReadLine()!;", "made under the lock, once")]
    [InlineData("public string Make() { lock (_gate) { if (_f != null) return _f; _f = Console.ReadLine()!; return _f; } }", "made under the lock, once")]
    [InlineData("public string Make() { lock (_gate) { return _f ??= Console.ReadLine()!; } }", "made under the lock, once")]
    public async Task A_person_must_decide(string member, string reason)
    {
        string source = $"class C {{ private readonly object _gate = new(); private string? _f; {Load} public void Set(string? f) {{ lock (_gate) {{ _f = f; }} }} {member} }}";
        Assert.Contains("LF2001 info _f", await AnalyzedSource.FindingsAsync(source));
        Assert.Contains((await AnalyzedSource.DiagnosticsAsync(source)), finding => finding.GetMessage().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disposing_under_the_lock_is_left_to_a_person() => Assert.Equal(
        ["LF2001 info _f"],
        await AnalyzedSource.FindingsAsync("""
            class C : IDisposable
            {
                private readonly object _gate = new();
                private System.IO.Stream _f = System.IO.Stream.Null;
                public System.IO.Stream Get() { lock (_gate) { return _f; } }
                public void Set(System.IO.Stream f) { lock (_gate) { _f = f; } }
                public void Dispose() { lock (_gate) { _f.Dispose(); } }
            }
            """));

    [Theory]
    [InlineData("public int Elect() => _only != null && _only.Length > 0 ? _only[0] : 0;",
        "'_only' is loaded and stored under the lock '_gate', but decide first: 'Elect' reads it more than once without the lock and may find two values; a local and volatile there matter more than the lock")]
    [InlineData("public int[] Peek() => _only;",
        "'_only' is only ever loaded and stored under the lock '_gate', but decide first: the lock guards '_level' too, though never together with it")]
    public async Task Reading_again_and_again_without_the_lock_matters_more_than_the_lock(string reader, string message) => Assert.Contains(
        message,
        (await AnalyzedSource.DiagnosticsAsync($$"""
            class C
            {
                private readonly object _gate = new();
                private int[] _only = [];
                private string _level = "";
                public int[] Only { get { lock (_gate) { return _only; } } set { lock (_gate) { _only = value; } } }
                public string Level { get { lock (_gate) { return _level; } } set { lock (_gate) { _level = value; } } }
                {{reader}}
            }
            """)).Select(finding => finding.GetMessage()));

    [Theory]
    [InlineData("private bool _f;", "public void M() { lock (_gate) { if (_f) return; _f = true; } Console.WriteLine(); }", "'_f' is only ever set once under the lock '_gate', which guards nothing else: let Interlocked.Exchange set it and remove the lock")]
    [InlineData("private int _f;", "public int M() { lock (_gate) { return ++_f; } }", "'_f' is only ever counted under the lock '_gate', which guards nothing else: let Interlocked count and remove the lock")]
    [InlineData("private int _f;", "public int F { get { lock (_gate) { return _f; } } set { lock (_gate) { _f = value; } } }", "'_f' is only ever loaded and stored under the lock '_gate', which guards nothing else: make it volatile and remove the lock")]
    [InlineData("private long _f;", "public long F { get { lock (_gate) { return _f; } } set { lock (_gate) { _f = value; } } }", "'_f' is only ever loaded and stored under the lock '_gate', which guards nothing else: read and write it through Volatile and remove the lock")]
    [InlineData("private string? _f;", "public string? M() { lock (_gate) { var f = _f; _f = null; return f; } }", "'_f' is only ever exchanged under the lock '_gate', which guards nothing else: make it a SwapCell and remove the lock")]
    public async Task The_message_says_what_to_do(string field, string member, string message) => Assert.Equal(
        message,
        Assert.Single(await AnalyzedSource.DiagnosticsAsync($"class C {{ private readonly object _gate = new(); {field} {member} }}")).GetMessage());
}
