using System.Text.RegularExpressions;
using LockFree.CodeFixes.ReadMostly;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.CodeFixes.Tests.ReadMostly;

/// <summary>LF2001's fixes: the lock around one value goes.</summary>
public sealed class CellFixTests
{
    private static readonly FieldFix InPlace = new(new CellUnderLockCodeFixProvider(), "LF2001.Field");
    private static readonly FieldFix Cell = new(new CellUnderLockCodeFixProvider(), "LF2001.SwapCell");

    [Fact]
    public async Task Loads_and_stores_of_a_reference_become_volatile() => Assert.Equal("""
        public sealed class Settings
        {
            // What we run with.
            private volatile string _current = "";

            public string Get()
            {
                // any thread
                return _current;
            }

            public void Set(string value)
            {
                if (value.Length == 0) throw new ArgumentException("empty");
                _current = value; // swap
            }

            public bool IsSet { get { return _current != ""; } }
        }
        """, await InPlace.FixAsync("""
        public sealed class Settings
        {
            private readonly object _gate = new();

            // What we run with.
            private string _current = "";

            public string Get()
            {
                lock (_gate)
                {
                    // any thread
                    return _current;
                }
            }

            public void Set(string value)
            {
                if (value.Length == 0) throw new ArgumentException("empty");
                lock (_gate)
                {
                    _current = value; // swap
                }
            }

            public bool IsSet { get { lock (_gate) { return _current != ""; } } }
        }
        """));

    [Fact]
    public async Task Loads_stores_and_exchanges_of_a_reference_become_a_cell() => Assert.Equal("""
        using LockFree;

        public sealed class Settings
        {
            private readonly SwapCell<string?> _current = new(null);

            public Settings(string first)
            {
                _current.Store(first);
            }

            public string? Get()
            {
                return _current.Load();
            }

            public void Set(string value)
            {
                _current.Store(value);
            }

            public string? Take()
            {
                return _current.Exchange(null);
            }
        }
        """, await Cell.FixAsync("""
        public sealed class Settings
        {
            private readonly object _gate = new();
            private string? _current;

            public Settings(string first)
            {
                _current = first;
            }

            public string? Get()
            {
                lock (_gate)
                {
                    return _current;
                }
            }

            public void Set(string value)
            {
                lock (_gate)
                {
                    _current = value;
                }
            }

            public string? Take()
            {
                lock (_gate)
                {
                    var old = _current;
                    _current = null;
                    return old;
                }
            }
        }
        """));

    [Theory]
    [InlineData("private List<int> _f = new();", "private readonly SwapCell<List<int>> _f = new(new());")]
    [InlineData("private List<int> _f = [];", "private readonly SwapCell<List<int>> _f = new([]);")]
    [InlineData("List<int> _f = new List<int>();", "readonly SwapCell<List<int>> _f = new(new List<int>());")]
    [InlineData("private List<int>? _f = null;", "private readonly SwapCell<List<int>?> _f = new(null);")]
    public async Task The_cell_begins_with_what_the_field_began_with(string before, string after) => Assert.Contains(
        after,
        await Cell.FixAsync($$"""class C { private readonly object _gate = new(); {{before}} public object? F { get { lock (_gate) { return _f; } } } public void Set(List<int> f) { lock (_gate) { _f = f; } } }"""));

    [Theory]
    [InlineData("private string? _f;", "string? M()", "var f = _f; _f = null; return f;", "return Interlocked.Exchange(ref _f, null);")]
    [InlineData("private string? _f;", "string? M()", "string? f = _f; _f = null; return f;", "string? f = Interlocked.Exchange(ref _f, null); return f;")]
    [InlineData("private string? _f;", "bool M()", "var f = _f; _f = null; return f != null;", "var f = Interlocked.Exchange(ref _f, null); return f != null;")]
    [InlineData("private List<int> _f = new();", "List<int> M()", "var f = _f; _f = new(); return f;", "return Interlocked.Exchange(ref _f, new());")]
    [InlineData("private int _f;", "int M()", "return ++_f;", "return Interlocked.Increment(ref _f);")]
    [InlineData("private int _f;", "int M()", "return _f++;", "return Interlocked.Increment(ref _f) - 1;")]
    [InlineData("private int _f;", "int M()", "return _f--;", "return Interlocked.Decrement(ref _f) + 1;")]
    [InlineData("private int _f;", "int M(int n)", "return _f += n;", "return Interlocked.Add(ref _f, n);")]
    [InlineData("private int _f;", "int M(int n)", "return _f -= n + 1;", "return Interlocked.Add(ref _f, -(n + 1));")]
    [InlineData("private int _f;", "int M()", "_f++; return _f;", "return Interlocked.Increment(ref _f);")]
    [InlineData("private int _f;", "int M()", "this._f -= 3; return this._f;", "return Interlocked.Add(ref this._f, -3);")]
    [InlineData("private bool _f;", "bool M()", "if (_f) return false; _f = true; return true;", "if (Interlocked.Exchange(ref _f, true)) return false; return true;")]
    [InlineData("private bool _f;", "bool M()", "if (!_f) return false; _f = false; return true;", "if (!Interlocked.Exchange(ref _f, false)) return false; return true;")]
    public async Task Changes_become_interlocked_operations(string field, string head, string body, string expected) => Assert.Equal(
        $$"""class C { {{field.Replace("private", "private volatile")}} public {{head}} { {{expected}} } }""",
        await InPlace.FixAsync($$"""class C { private readonly object _gate = new(); {{field}} public {{head}} { lock (_gate) { {{body}} } } }"""));

    [Fact]
    public async Task A_gate_that_is_opened_again() => Assert.Equal("""
        public sealed class Timer
        {
            private volatile bool _isRunning;

            public void OnTick()
            {
                if (Interlocked.Exchange(ref _isRunning, true))
                {
                    return; // the last one is not done
                }

                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    _isRunning = false;
                }
            }
        }
        """, await InPlace.FixAsync("""
        public sealed class Timer
        {
            private readonly object _gate = new();
            private bool _isRunning;

            public void OnTick()
            {
                lock (_gate)
                {
                    if (!_isRunning)
                    {
                        _isRunning = true;
                    }
                    else
                    {
                        return; // the last one is not done
                    }
                }

                try
                {
                    Console.WriteLine();
                }
                finally
                {
                    lock (_gate)
                    {
                        _isRunning = false;
                    }
                }
            }
        }
        """));

    [Fact]
    public async Task A_gate_before_the_work() => Assert.Equal("""
        public sealed class Connection
        {
            private volatile bool _closed;

            public void Close()
            {
                // Only the first may go on.
                if (Interlocked.Exchange(ref _closed, true))
                    return;

                Console.WriteLine();
            }
        }
        """, await InPlace.FixAsync("""
        public sealed class Connection
        {
            private readonly object _gate = new();
            private bool _closed;

            public void Close()
            {
                lock (_gate)
                {
                    // Only the first may go on.
                    if (_closed)
                        return;
                    _closed = true;
                }

                Console.WriteLine();
            }
        }
        """));

    [Fact]
    public async Task A_number_of_64_bits_is_read_and_written_through_Volatile() => Assert.Equal("""
        class C
        {
            private long _f = 1;
            public C() { _f = 2; }
            public long Get() { return Volatile.Read(ref _f); }
            public void Set(long n) { Volatile.Write(ref _f, n); }
            public void Add(long n) { Interlocked.Add(ref _f, n); }
        }
        """, await InPlace.FixAsync("""
        class C
        {
            private readonly object _gate = new();
            private long _f = 1;
            public C() { _f = 2; }
            public long Get() { lock (_gate) { return _f; } }
            public void Set(long n) { lock (_gate) { _f = n; } }
            public void Add(long n) { lock (_gate) { _f += n; } }
        }
        """));

    [Fact]
    public async Task The_namespace_is_imported_where_it_is_missing() => Assert.StartsWith(
        "using System.Threading;",
        await InPlace.FixAsync(
            "class C\n{\n    private readonly object _gate = new object();\n    private int _n;\n    public int Next() { lock (_gate) { return ++_n; } }\n}\n",
            new ProjectShape(Nullable: false, Language: LanguageVersion.CSharp7_3)));

    [Theory]
    [InlineData("private string? _f;", "LF2001.SwapCell LF2001.Field")]
    [InlineData("private string _f = null!;", "LF2001.SwapCell LF2001.Field")]
    [InlineData("private string _f; public C() { _f = \"\"; }", "LF2001.Field")]
    [InlineData("private volatile string? _f;", "LF2001.Field")]
    public async Task Both_targets_are_offered_where_both_make_sense(string field, string expected) => Assert.Equal(
        expected.Split(' '),
        await Cell.OfferedAsync($$"""class C { private readonly object _gate = new(); {{field}} public string? Get() { lock (_gate) { return _f; } } public void Set(string f) { lock (_gate) { _f = f; } } }"""));

    [Fact]
    public async Task Without_the_runtime_there_is_no_cell() => Assert.Equal(
        ["LF2001.Field"],
        await Cell.OfferedAsync(
            "class C { private readonly object _gate = new(); private string? _f; public string? Get() { lock (_gate) { return _f; } } public void Set(string f) { lock (_gate) { _f = f; } } }",
            new ProjectShape(WithRuntime: false)));

    [Theory]
    [InlineData("private bool _a, _f; public bool A => _a; public void M() { lock (_gate) { if (_f) return; _f = true; } Console.WriteLine(); }")]
    [InlineData("private int _f; public int M() { lock (_gate) { return ++_f; } }\n#if OTHER\npublic int N() => _f;\n#endif\n")]
    [InlineData("private int _f; public int M() { lock (_gate) {\n#if DEBUG\nreturn ++_f;\n#else\nreturn --_f;\n#endif\n} }")]
    [InlineData("private DateTime _f; public DateTime Get() { lock (_gate) { return _f; } } public void Set(DateTime f) { lock (_gate) { _f = f; } }")]
    [InlineData("private object? _f; private readonly List<int> _l = new(); public void Add() { lock (_gate) { _l.Add(1); } } public object? Get() { lock (_gate) { return _f; } } public void Set(object f) { lock (_gate) { _f = f; } }")]
    public async Task Not_offered(string members) =>
        Assert.DoesNotContain(await InPlace.OfferedAsync($"class C {{ private readonly object _gate = new(); {members} }}"), key => key.StartsWith("LF2001", StringComparison.Ordinal));

    [Fact]
    public async Task Every_lock_of_several_fields_goes_with_its_field() => Assert.Equal("""
        class C
        {
            private volatile int _a;
            private static volatile string? s_b;
            public int A { get { return _a; } set { _a = value; } }
            public static string? B { get { return s_b; } set { s_b = value; } }
        }
        """, await InPlace.FixAsync("""
        class C
        {
            private readonly object _gateOfA = new();
            private static readonly Lock GateOfB = new();
            private int _a;
            private static string? s_b;
            public int A { get { lock (_gateOfA) { return _a; } } set { lock (_gateOfA) { _a = value; } } }
            public static string? B { get { lock (GateOfB) { return s_b; } } set { lock (GateOfB) { s_b = value; } } }
        }
        """));

    [Fact]
    public async Task What_the_rules_page_shows_as_after_is_what_the_fix_makes_of_before()
    {
        const string Rest = "\npublic sealed class RouteTable { public static readonly RouteTable Empty = new(); }\n";
        string page = File.ReadAllText(RepositoryFolder.PathOf("docs/rules/LF2001.md")).Replace("\r\n", "\n");
        string before = Regex.Match(page, "## Before\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string after = Regex.Match(page, "## After\n\n```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal("using LockFree;\n\n" + after + Rest, await Cell.FixAsync(before + Rest));
    }
}
