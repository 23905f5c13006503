using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.Tests.GuardedState;

/// <summary>The model itself, as text: regions, their events in order with the arms they are in, and the uses of each field.</summary>
public sealed class ModelTextTests
{
    [Fact]
    public void Events_stand_in_evaluation_order_with_their_arms() => AssertModel("""
        class C
        {
            private readonly Dictionary<string, object> _map = new();
            public object M(string k)
            {
                lock (_map)
                {
                    if (_map.TryGetValue(k, out var v))
                        return v;
                    _map[k] = v = System.IO.File.ReadAllText(k);
                    return v;
                }
            }
        }
        """, """
        region _map Exclusive LockStatement Monitor in M
          Collection _map.TryGetValue[k]
          Return | Conditional#0 leaves
          Effect ReadAllText
          Collection _map.Set[k] write
          Return
        field _map: TryGetValue in M, Set in M
        """);

    [Fact]
    public void Helpers_belong_to_the_region_of_their_caller() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            private int _count;
            public void M(string key) { lock (_gate) { Put(key, 1); } }
            private void Put(string k, int v) { _map[k] = v; _count++; }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Collection _map.Set[key] write in Put
          OtherField _count in Put
          OtherField _count write in Put
        field _map: Set in Put
        """);

    [Fact]
    public void A_helper_that_is_also_called_without_the_lock_counts_as_both() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public void M() { lock (_gate) { Put(); } }
            public void N() { Put(); }
            private void Put() { _map.Clear(); }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Collection _map.Clear write in Put
        field _map: Clear in Put, Clear! in Put
        """);

    [Fact]
    public void Arms_of_two_calls_of_one_helper_do_not_exclude_each_other()
    {
        LockRegion region = AnalyzedSource.ModelOf("""
            class C
            {
                private readonly Dictionary<string, int> _map = new();
                public void M(string k) { lock (_map) { Put(true, k); Put(false, k); } }
                private void Put(bool add, string k) { if (add) _map.Add(k, 1); else _map.Remove(k); }
            }
            """).Regions[0];
        RegionEvent[] operations = region.Events.Where(happening => happening.Kind == RegionEventKind.Collection).ToArray();
        Assert.Equal(
            [CollectionOperation.Add, CollectionOperation.Remove, CollectionOperation.Add, CollectionOperation.Remove],
            operations.Select(operation => operation.CollectionOperation));
        Assert.True(region.Excludes(operations[0], operations[1]));
        Assert.False(region.Excludes(operations[0], operations[3]));
    }

    [Fact]
    public void A_private_property_is_a_helper_too() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            private int Size => _map.Count;
            public int M() { lock (_gate) { return Size; } }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Collection _map.Count in get_Size
          Return
        field _map: Count in get_Size
        """);

    [Fact]
    public void A_helper_of_another_object_works_on_that_objects_state() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public void Merge(C other) { lock (other._gate) { other.Put(); } }
            private void Put() { _map.Clear(); }
        }
        """, """
        region other._gate Exclusive LockStatement Monitor in Merge
          Collection _map.Clear write in Put
        field _map: Clear in Put
        """);

    [Fact]
    public void A_lambda_that_a_helper_runs_under_the_lock_is_in_its_region() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public void M(string key) { Locked(() => _map[key] = 1); }
            private void Locked(Action action) { lock (_gate) { action(); } }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in Locked
          Collection _map.Set[key] write in lambda
        field _map: Set in lambda
        """);

    [Fact]
    public void A_lambda_that_a_helper_keeps_runs_later_without_the_lock() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            private Action? _later;
            public void M() { lock (_gate) { Keep(() => _map.Clear()); } }
            private void Keep(Action action) { _later = action; }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          OtherField _later write in Keep
        field _map: Clear! in lambda
        """);

    [Fact]
    public void Local_functions_are_walked_where_they_are_called() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public void M() { lock (_gate) { Put(); } void Put() { _map.Clear(); } }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Collection _map.Clear write in Put
        field _map: Clear in Put
        """);

    [Fact]
    public void A_method_that_becomes_a_delegate_runs_without_the_lock() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public Action M() { lock (_gate) { return Put; } }
            private void Put() { _map.Clear(); }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Return
        field _map: Clear! in Put
        """);

    [Fact]
    public void What_runs_behind_the_first_await_of_a_task_nobody_awaits_runs_without_the_lock() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public void M() { lock (_gate) { _ = PutAsync(); _map.Remove("b"); } }
            private async Task PutAsync() { _map.Add("a", 1); await Task.Yield(); _map.Clear(); }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Collection _map.Add["a"] write in PutAsync
          Await in PutAsync
          Collection _map.Remove["b"] write
        field _map: Add in PutAsync, Clear! in PutAsync, Remove in M
        """);

    [Fact]
    public void An_iterator_runs_when_it_is_enumerated() => AssertModel("""
        class C
        {
            private readonly object _gate = new();
            private readonly Dictionary<string, int> _map = new();
            public IEnumerable<int> M() { lock (_gate) { return Values(); } }
            private IEnumerable<int> Values() { foreach (var p in _map) yield return p.Value; }
        }
        """, """
        region _gate Exclusive LockStatement Monitor in M
          Effect Values
          Return
        field _map: Enumerate! in Values
        """);

    [Fact]
    public void Construction_is_told_apart() => AssertModel("""
        class C
        {
            private readonly Dictionary<string, int> _map = new();
            public C() { Fill(); _map.Add("a", 1); }
            private void Fill() { _map.Add("b", 1); }
            public void M() { lock (_map) _map.Clear(); }
        }
        """, """
        region _map Exclusive LockStatement Monitor in M
          Collection _map.Clear write
        field _map: Add(construction) in Fill, Add(construction) in C, Clear in M
        """);

    [Fact]
    public void Loops_calls_and_values_show_in_their_kinds() => AssertModel("""
        class Entry { public int Hits; }
        class C
        {
            private readonly Dictionary<string, Entry> _map = new();
            public void M(string[] keys, Action<int> tell)
            {
                lock (_map)
                {
                    foreach (var key in keys)
                    {
                        _map[key].Hits++;
                        tell(_map.Count);
                    }
                }
            }
        }
        """, """
        region _map Exclusive LockStatement Monitor in M
            Collection _map.Get[key] | Loop#0
            ValueRead Hits | Loop#0
            ValueUse write of Hits write | Loop#0
            Collection _map.Count | Loop#0
            Callback tell | Loop#0
        field _map: Get in M, Count in M
        """, typeIndex: 1);

    private static void AssertModel(string source, string expected, int typeIndex = 0) =>
        Assert.Equal(expected + "\n", AnalyzedSource.ModelTextOf(typeIndex, source));
}
