namespace LockFree.Cli.Tests;

public sealed class ExplainTypeTests : IDisposable
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading;
        namespace Shop
        {
            public sealed class Cache
            {
                private readonly object _gate = new object();
                private readonly Dictionary<string, int> _prices = new Dictionary<string, int>();
                private int _misses;

                public void Set(string key, int price) { lock (_gate) _prices[key] = price; }

                public int Get(string key)
                {
                    lock (_gate)
                    {
                        if (_prices.TryGetValue(key, out int price)) return price;
                        _misses++;
                        return 0;
                    }
                }

                private sealed class Index<T> where T : struct
                {
                    private readonly object _lock = new object();
                    private readonly HashSet<T> _known = new HashSet<T>();
                    public bool Add(T item) { lock (_lock) return _known.Add(item); }
                }
            }
        }

        namespace Archive
        {
            public sealed class Cache { }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public ExplainTypeTests() => _folder.Write("Cache.cs", Source);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_a_single_value_it_tells_what_keeps_each_rule_silent()
    {
        _folder.Write("Switch.cs", """
            public sealed class Switch
            {
                private readonly object _gate = new object();
                private bool _isOn;
                private volatile string _name;
                private int _turns;

                public bool IsOn => _isOn;
                public string Name => _name;
                public int Turns { get { lock (_gate) return _turns; } }
                public void Turn(string name) { lock (_gate) { _isOn = !_isOn; _name = name; _turns++; } }
            }
            """);

        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "explain-type", ".", "Switch");

        const string BesideOthers = "    LF2001: silent, because a region does more with it than load, store, exchange or count it, or is no lock statement\n";
        Assert.Contains("  _isOn\n" + BesideOthers + "    LF2005: silent, because no reader is seen who could go wrong, or who publishes by it\n", run.Output);
        Assert.Contains("  _name\n" + BesideOthers + "    LF2005: silent, because it is volatile\n", run.Output);
        Assert.Contains("  _turns\n" + BesideOthers + "    LF2005: silent, because nobody reads it without a lock\n", run.Output);
    }

    [Fact]
    public async Task A_silence_is_explained_by_what_else_the_lock_guards()
    {
        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "explain-type", ".", "Shop.Cache");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Shop.Cache  Cache.cs:5\n", run.Output);
        Assert.Contains("  _gate: Monitor, 2 regions in Set, Get\n    writes _prices\n    writes _misses\n", run.Output);
        Assert.Contains("  _prices: silent, because: the lock guards several fields: _misses\n", run.Output);
    }

    [Fact]
    public async Task A_finding_is_explained_region_by_region_together_with_the_type_around()
    {
        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "explain-type", ".", "Cache+Index");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Shop.Cache  Cache.cs:5\n", run.Output);
        Assert.Contains("  _known: warning, every region can be rewritten exactly\n    Add under _lock: SingleOperation\n", run.Output);
        Assert.Contains("  Cache.cs:26 LF1001 warning: '_known'", run.Output);
        Assert.Contains("  region _lock Exclusive LockStatement Monitor in Add\n    Collection _known.Add[item] write\n", run.Output);
    }

    [Fact]
    public async Task Every_type_of_the_name_is_explained()
    {
        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "explain-type", ".", "Cache");

        Assert.StartsWith("Archive.Cache  Cache.cs:34\n\nLocks\n  none is taken\n", run.Output);
        Assert.Contains("\nShop.Cache  Cache.cs:5\n", run.Output);
    }

    [Theory]
    [InlineData("Casche")]
    [InlineData("Attic.Cache")]
    public async Task An_unknown_type_is_named_with_the_place_it_was_looked_for(string name)
    {
        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "explain-type", ".", name);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith($"lockfree: {name}: no type of that name is declared in {_folder.Path}", run.Error);
    }
}
