using LockFree.Analyzers.GuardedState;
using LockFree.CodeFixes.ReadMostly;

namespace LockFree.CodeFixes.Tests.ReadMostly;

/// <summary>Regions that look like one operation of the processor and are more, or less.</summary>
public sealed class CellAdversarialTests
{
    private static readonly FieldFix InPlace = new(new CellUnderLockCodeFixProvider(), "LF2001.Field");
    private static readonly SiteFix Fields = new(() => new GuardedStateAnalyzer(), new LostUpdateCodeFixProvider(), "LF2004.Update");

    [Theory]
    [InlineData("public bool Step(bool report) { lock (_gate) { _n++; return report && _n > 5; } }")]
    [InlineData("public bool Step(bool quiet) { lock (_gate) { _n++; return quiet || _n > 5; } }")]
    [InlineData("public int Step(bool report) { lock (_gate) { _n++; return report ? _n : 0; } }")]
    [InlineData("public int Step(int? limit) { lock (_gate) { _n++; return limit ?? _n; } }")]
    [InlineData("public int Step(int a, int b) { lock (_gate) { _n++; return a / b + _n; } }")]
    public async Task A_step_that_would_be_taken_only_sometimes_is_not_offered(string member) => Assert.Empty(await InPlace.OfferedAsync(Class(member)));

    [Theory]
    [InlineData("return _n > 5 && report;", "return Interlocked.Increment(ref _n) > 5 && report;")]
    [InlineData("return 5 < _n;", "return 5 < Interlocked.Increment(ref _n);")]
    [InlineData("return _n > 5 ? report : false;", "return Interlocked.Increment(ref _n) > 5 ? report : false;")]
    public async Task A_step_that_is_always_taken_still_is(string result, string after) => Assert.Contains(
        after, await InPlace.FixAsync("using System.Threading;\n" + Class($"public bool Step(bool report) {{ lock (_gate) {{ _n++; {result} }} }}")));

    [Theory]
    [InlineData("_sum -= n;", "Interlocked.Add(ref _sum, -(long)n);")]
    [InlineData("_sum -= n + n;", "Interlocked.Add(ref _sum, -(long)(n + n));")]
    [InlineData("_sum -= 5;", "Interlocked.Add(ref _sum, -5);")]
    public async Task The_least_int_is_widened_before_it_is_negated(string change, string after) => Assert.Contains(after, await InPlace.FixAsync($$"""
        using System.Threading;
        public sealed class Totals
        {
            private readonly object _gate = new();
            private long _sum;
            public void Take(int n) { lock (_gate) { {{change}} } }
            public long Read() { lock (_gate) { return _sum; } }
        }
        """));

    [Theory]
    [InlineData("private static int s_made; public int Version { get; } public Settings() { Version = ++s_made; }", "new Settings()")]
    [InlineData("public int Version { get; } = Environment.CurrentManagedThreadId.GetHashCode();", "new Settings()")]
    [InlineData("public Settings(string path) => Text = System.IO.File.ReadAllText(path); public string Text { get; }", "new Settings(\"a\")")]
    public async Task A_value_that_its_constructor_reads_from_elsewhere_is_stored_in_order(string members, string creation) => Assert.Empty(await InPlace.OfferedAsync($$"""
        public sealed class Settings { {{members}} }
        public sealed class Holder
        {
            private readonly object _gate = new();
            private Settings? _current;
            public void Reload() { lock (_gate) { _current = {{creation}}; } }
            public Settings? Get() { lock (_gate) { return _current; } }
        }
        """));

    [Fact]
    public async Task A_value_that_only_keeps_what_it_is_given_is_stored_without_the_lock() => Assert.Contains("_current = new Settings(text);", await InPlace.FixAsync("""
        public sealed class Settings { public Settings(string text) { ArgumentNullException.ThrowIfNull(text); Text = text; } public string Text { get; } }
        public sealed class Holder
        {
            private readonly object _gate = new();
            private Settings? _current;
            public void Put(string text) { lock (_gate) { _current = new Settings(text); } }
            public Settings? Get() { lock (_gate) { return _current; } }
        }
        """));

    [Fact]
    public Task An_update_whose_value_is_returned_is_not_replaced_by_one_that_returns_another() => Fields.AssertNotOfferedAsync(
        "class C { private static System.Collections.Immutable.ImmutableList<int> s_all = []; public static object Add(int n) => s_all = s_all.Add(n); }");

    private static string Class(string member) => $$"""
        public sealed class Steps
        {
            private readonly object _gate = new();
            private int _n;
            {{member}}
            public int Read() { lock (_gate) { return _n; } }
        }
        """;
}
