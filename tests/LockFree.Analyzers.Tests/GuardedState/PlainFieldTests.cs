using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>Every use of a plain field, told as what it does and what is held there.</summary>
public sealed class PlainFieldTests
{
    [Theory]
    [InlineData("int M() => _n;", "Read! in M")]
    [InlineData("void M() { _n = 1; }", "Write! in M")]
    [InlineData("void M() { _n++; }", "ReadModifyWrite! in M")]
    [InlineData("void M() { _n += 2; }", "ReadModifyWrite! in M")]
    [InlineData("void M() { int x; (_n, x) = (1, 2); }", "Write! in M")]
    [InlineData("void M() { int x; (x, (_n, x)) = (1, (2, 3)); }", "Write! in M")]
    [InlineData("void M() { Interlocked.Increment(ref _n); }", "Interlocked.Increment! in M")]
    [InlineData("int M() => Volatile.Read(ref _n);", "Volatile.Read! in M")]
    [InlineData("void M() { Change(ref _n); } static void Change(ref int n) { }", "ByReference! in M")]
    [InlineData("void M() { int.TryParse(\"1\", out _n); }", "ByReference! in M")]
    [InlineData("void M() { ref int r = ref _n; r = 1; }", "ByReference! in M")]
    [InlineData("ref int M() => ref _n;", "ByReference! in M")]
    [InlineData("unsafe void M() { fixed (int* p = &_n) { } }", "ByReference! in M")]
    [InlineData("void M() { lock (_gate) { _n = _n + 1; } }", "Read under _gate in M, Write under _gate in M")]
    [InlineData("C() { _n = 1; }", "Write(construction) in C")]
    [InlineData("void M() { lock (_gate) { Put(); } } private void Put() { _n = 1; }", "Write under _gate in Put")]
    [InlineData("void M() { Action then = () => _n = 1; lock (_gate) { then(); } }", "Write! in lambda")]
    [InlineData("string M() => nameof(_n);", "")]
    public void Uses_of_a_number(string member, string expected) =>
        Assert.Equal(expected, UsesOf("_n", $"class C {{ private readonly object _gate = new(); private int _n; {member} }}"));

    [Theory]
    [InlineData("int M(string k) => _map[k];", "Read! in M")]
    [InlineData("void M() { var map = _map; map.Clear(); }", "Read! in M")]
    [InlineData("void M() { _map = new(); }", "Write! in M")]
    [InlineData("void M() { _map ??= new(); }", "ReadModifyWrite! in M")]
    [InlineData("int M() => _map?.Count ?? 0;", "Read! in M")]
    [InlineData("void M() { foreach (var pair in _map!) { } }", "Read! in M")]
    [InlineData("void M() { lock (_map!) { Clear(_map); } } private void Clear(Dictionary<string, int> map) => map.Clear();", "Read under _map in M")]
    [InlineData("void M() { lock (_gate) { _map = new(_map!) { [\"a\"] = 1 }; } }", "Read under _gate in M, Write under _gate in M")]
    public void Uses_of_a_reference_to_a_collection(string member, string expected) => Assert.Equal(
        expected,
        UsesOf("_map", $"class C {{ private readonly object _gate = new(); private Dictionary<string, int> _map = new(); {member} }}"));

    [Theory]
    [InlineData("private readonly int _f;")]
    [InlineData("private const int _f = 1;")]
    [InlineData("public int _f;")]
    [InlineData("protected int _f;")]
    [InlineData("private SpinLock _f;")]
    [InlineData("private unsafe int* _f;")]
    [InlineData("private (int, int) _f;")]
    public void What_is_not_assigned_not_hidden_or_changed_in_place_is_no_plain_field(string field) =>
        Assert.Empty(AnalyzedSource.ModelOf($"class C {{ {field} }}").PlainFields);

    [Fact]
    public void A_struct_has_no_plain_fields_of_its_own() =>
        Assert.Equal("_shared", Assert.Single(AnalyzedSource.ModelOf("struct S { private int _own; private static int _shared; }").PlainFields).Field.Name);

    [Theory]
    [InlineData("string", "Word")]
    [InlineData("bool", "Word")]
    [InlineData("DayOfWeek", "Word")]
    [InlineData("nint", "Word")]
    [InlineData("long", "Double")]
    [InlineData("DateTime", "Double")]
    [InlineData("TimeSpan", "Double")]
    [InlineData("decimal", "Wide")]
    [InlineData("Guid", "Wide")]
    [InlineData("int?", "Wide")]
    public void How_wide_a_value_is(string type, string width) =>
        Assert.Equal(width, Assert.Single(AnalyzedSource.ModelOf($"class C {{ private {type} _f; }}").PlainFields).Width.ToString());

    private static string UsesOf(string field, string source)
    {
        string prefix = $"plain {field}: ";
        string line = ModelText.OfPlainFields(AnalyzedSource.ModelOf(source)).Split('\n').Single(text => text.StartsWith(prefix, StringComparison.Ordinal));
        return line[prefix.Length..];
    }
}
