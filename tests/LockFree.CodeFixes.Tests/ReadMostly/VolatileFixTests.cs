using LockFree.CodeFixes.ReadMostly;

namespace LockFree.CodeFixes.Tests.ReadMostly;

/// <summary>LF2005's fix: <c>volatile</c> where it is what is missing.</summary>
public sealed class VolatileFixTests
{
    private static readonly FieldFix Fix = new(new PlainPublicationCodeFixProvider(), "LF2005.volatile");

    [Theory]
    [InlineData("private object? _f;", "private volatile object? _f;")]
    [InlineData("object? _f;", "volatile object? _f;")]
    [InlineData("// made once\n    private static object? _f;", "// made once\n    private static volatile object? _f;")]
    [InlineData("/* made once */ object? _f; // here", "/* made once */ volatile object? _f; // here")]
    public async Task A_double_checked_reference(string before, string after)
    {
        const string Get = "private static readonly object Gate = new(); public object Get() { if (_f == null) { lock (Gate) { if (_f == null) _f = new(); } } return _f; }";
        Assert.Equal($"class C\n{{\n    {after}\n    {Get}\n}}\n", await Fix.FixAsync($"class C\n{{\n    {before}\n    {Get}\n}}\n"));
    }

    [Theory]
    [InlineData("private bool _f; private int _n; public int Ensure() { if (_f) return _n; lock (_gate) { if (!_f) { _n = 1; _f = true; } } return _n; }")]
    [InlineData("private bool _f; public void Set() { lock (_gate) { _f = true; Console.WriteLine(); } } public void Await() { while (!_f) { } }")]
    [InlineData("private Dictionary<string, int> _f = new(); public void Put(string k) { lock (_gate) { _f = new(_f) { [k] = 1 }; } } public bool Has(string k) => _f.ContainsKey(k);")]
    [InlineData("private DayOfWeek _f; private int _n; public int Ensure() { if (_f == DayOfWeek.Monday) return _n; lock (_gate) { if (_f != DayOfWeek.Monday) { _n = 1; _f = DayOfWeek.Monday; } } return _n; }")]
    public async Task A_flag_and_a_copy(string members)
    {
        string source = $"class C {{ private readonly object _gate = new(); {members} }}";
        Assert.Equal(source.Replace("; private ", "; private volatile ").Replace("volatile int _n", "int _n"), await Fix.FixAsync(source));
    }

    [Theory]
    [InlineData("private Guid _f; public void Set(Guid f) { lock (_gate) { _f = f; Console.WriteLine(); } } public Guid Get() => _f;")]
    [InlineData("private long _f; public void Set(long f) { lock (_gate) { _f = f; Console.WriteLine(); } } public long Get() => _f;")]
    [InlineData("private Action? _f; public void Stop() { lock (_gate) { _f = null; Console.WriteLine(); } } public void Run() { if (_f != null) _f(); }")]
    [InlineData("private object? _f, _g; public object Get() { if (_f == null) { lock (_gate) { if (_f == null) _f = _g = new(); } } return _f; }")]
    public async Task Not_offered_where_it_mends_nothing_or_cannot_be(string members) =>
        Assert.Empty(await Fix.OfferedAsync($"class C {{ private readonly object _gate = new(); {members} }}"));
}
