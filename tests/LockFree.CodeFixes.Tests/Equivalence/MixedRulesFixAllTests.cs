using LockFree.Analyzers.GuardedState;
using LockFree.CodeFixes.HotCollections;
using LockFree.CodeFixes.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>Several files, many fields, three rules: fixed one by one or all at once, in whatever order of the rules, the project ends up the same.</summary>
public sealed class MixedRulesFixAllTests
{
    private static readonly string[] Sources =
    [
        """
        public sealed partial class Sessions
        {
            private readonly object _gate = new();
            private readonly object _nameGate = new();
            private readonly object _loadGate = new();
            private readonly Dictionary<string, int> _map = new();
            private string? _name;
            private object? _loaded;

            public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }

            public string? Name { get { lock (_nameGate) { return _name; } } }
        }
        """,
        """
        public sealed partial class Sessions
        {
            public bool Remove(string key) { lock (_gate) { return _map.Remove(key); } }

            public void Rename(string? name) { lock (_nameGate) { _name = name; } }

            public object Loaded()
            {
                if (_loaded == null)
                {
                    lock (_loadGate)
                    {
                        if (_loaded == null)
                            _loaded = new();
                    }
                }

                return _loaded;
            }
        }
        """,
        """
        public sealed class Users
        {
            private readonly Lock _gate = new();
            private readonly object _countGate = new();
            private static readonly object Gate = new();
            private readonly HashSet<string> _online = new();
            private readonly Dictionary<int, string> _names = new();
            private static readonly Dictionary<string, int> Known = new();
            private static object? s_first;
            private int _count;

            public bool Enter(string user) { lock (_gate) { return _online.Add(user); } }
            public bool Leave(string user) { lock (_gate) { return _online.Remove(user); } }
            public void Name(int id, string name) { lock (_names) { _names[id] = name; } }
            public string? Find(int id) { lock (_names) { return _names.TryGetValue(id, out var name) ? name : null; } }
            public static void Know(string user) { lock (Gate) { if (!Known.ContainsKey(user)) Known.Add(user, 1); } }
            public int Next() { lock (_countGate) { return ++_count; } }
            public static object First() { if (s_first is null) { lock (typeof(Users)) { if (s_first is null) s_first = new object(); } } return s_first; }
        }
        """,
    ];

    private static readonly (Func<CodeFixProvider> Provider, string Key)[] Rules =
    [
        (() => new ConcurrentCollectionCodeFixProvider(), "LF1001.ShardedMap"),
        (() => new CellUnderLockCodeFixProvider(), "LF2001.Field"),
        (() => new PlainPublicationCodeFixProvider(), "LF2005.volatile"),
    ];

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public async Task One_by_one_and_all_at_once_agree_in_every_order_of_the_rules(params int[] order)
    {
        string[] oneByOne = Sources;
        string[] allAtOnce = Sources;
        foreach (int rule in order)
        {
            FixedSource single = ProjectOf(rule, oneByOne);
            Assert.NotEqual(0, await single.FixOneByOneAsync(Rules[rule].Key));
            oneByOne = await single.TextsAsync();

            FixedSource together = ProjectOf(rule, allAtOnce);
            await together.FixAllAsync(Rules[rule].Key);
            allAtOnce = await together.TextsAsync();
        }

        Assert.Equal(oneByOne, allAtOnce);
        Assert.Equal(await FixedInTheirOrderAsync(), allAtOnce);
    }

    [Fact]
    public async Task Once_more_changes_nothing_and_nothing_that_was_fixed_is_found_again()
    {
        string[] texts = await FixedInTheirOrderAsync();
        for (int rule = 0; rule < Rules.Length; rule++)
        {
            FixedSource again = ProjectOf(rule, texts);
            await again.FixAllAsync(Rules[rule].Key);
            Assert.Equal(texts, await again.TextsAsync());
        }

        FixedSource project = ProjectOf(0, texts);
        Assert.Empty((await project.CompilationAsync()).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Empty((await project.DiagnosticsAsync()).Select(diagnostic => diagnostic.Id).Intersect(["LF1001", "LF2001", "LF2005"]));
        Assert.DoesNotContain("Dictionary<", string.Concat(texts));
        Assert.Equal(2, string.Concat(texts).Split("lock (").Length - 1);
    }

    private static async Task<string[]> FixedInTheirOrderAsync()
    {
        string[] texts = Sources;
        for (int rule = 0; rule < Rules.Length; rule++)
        {
            FixedSource project = ProjectOf(rule, texts);
            await project.FixAllAsync(Rules[rule].Key);
            texts = await project.TextsAsync();
        }

        return texts;
    }

    private static FixedSource ProjectOf(int rule, string[] sources) => new(new GuardedStateAnalyzer(), Rules[rule].Provider(), new ProjectShape(), sources);
}
