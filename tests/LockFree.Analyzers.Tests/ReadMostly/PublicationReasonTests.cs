using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Tests.ReadMostly;

/// <summary>What LF2005 says of a reader without a lock is what may really happen to it.</summary>
public sealed class PublicationReasonTests
{
    [Theory]
    [InlineData("public Dictionary<string, int> Get() { if (_f is null) { lock (_gate) { if (_f is null) { _f = new(); _f[\"a\"] = 1; } } } return _f; }")]
    [InlineData("public Dictionary<string, int> Get() { if (_f is null) { lock (_gate) { if (_f is null) { _f = new(); foreach (string k in Keys) _f.Add(k, 1); } } } return _f; }")]
    public async Task An_object_that_is_stored_before_it_is_filled(string member) => await AssertSaidAsync(
        "it is stored before it is filled, and the reader may get it half filled; fill it first, and store it then",
        "private Dictionary<string, int>? _f; private static readonly string[] Keys = []; " + member);

    [Fact]
    public async Task An_object_that_is_filled_in_a_local_is_published_as_before() => await AssertSaidAsync(
        ".NET publishes the object safely, ECMA-335 does not; volatile says that the double check is meant",
        "private Dictionary<string, int>? _f; public Dictionary<string, int> Get() { if (_f is null) { lock (_gate) { if (_f is null) { var f = new Dictionary<string, int>(); f[\"a\"] = 1; _f = f; } } } return _f; }");

    [Fact]
    public async Task An_object_that_is_handed_on_once_it_is_stored_is_published_as_before() => await AssertSaidAsync(
        ".NET publishes the object safely, ECMA-335 does not; volatile says that the double check is meant",
        "private Task? _f; public void Set(Task f) { if (_f != null) return; lock (_gate) { if (_f != null) return; _f = f; Watch(_f); } } private static void Watch(Task f) => f.ContinueWith(_ => { });");

    [Fact]
    public async Task A_reference_that_is_stored_before_the_field_that_belongs_to_it() => await AssertSaidAsync(
        "it is stored before '_byName', which is read without the lock too: whoever passes the first look may find that one unset; store it last, volatile",
        """
        private IReadOnlyList<string>? _all;
        private Dictionary<string, string>? _byName;
        public bool Has(string name) { Ensure(); return _byName != null && Has(_byName, name); }
        private static bool Has(Dictionary<string, string> map, string name) => map.ContainsKey(name);
        private void Ensure()
        {
            if (_all != null) return;
            lock (_gate)
            {
                if (_all != null) return;
                var all = new List<string>();
                _all = all;
                _byName = all.ToDictionary(name => name);
            }
        }
        """);

    [Theory]
    [InlineData("_date = 3; _rates = new int[3];")]
    [InlineData("_rates = Load();")]
    public async Task A_reference_that_does_not_order_the_field_stored_before_it(string store) => await AssertSaidAsync(
        "'_date' is stored before it and read without the lock too, and .NET orders only what the object itself holds; make it volatile",
        $$"""
        private int _date;
        private int[]? _rates;
        public int Rate() { Ensure(); return _date; }
        private int[] Load() { _date = 3; return new int[_date]; }
        private void Ensure() { if (_rates == null) { lock (_gate) { if (_rates == null) { {{store}} } } } }
        """);

    [Fact]
    public async Task A_literal_has_nothing_to_publish() => await AssertSilentAsync(
        "private string? _mode; public void Ensure() { if (_mode == \"direct\") return; lock (_gate) { if (_mode == \"direct\") return; Console.WriteLine(); _mode = \"direct\"; } }");

    [Fact]
    public async Task A_copy_behind_a_plain_flag_wants_the_flag_volatile() => await AssertSaidAsync(
        "whoever sees the flag '_known' need not see it yet; make '_known' volatile",
        """
        private bool _known;
        private int[] _all = [];
        public bool Has(int n) { if (!_known && !Load()) return false; return Array.IndexOf(_all, n) >= 0; }
        private bool Load() { lock (_gate) { if (_known) return true; _all = [1, 2]; _known = Environment.ProcessorCount > 0; return _known; } }
        """);

    [Fact]
    public async Task A_lock_that_is_the_object_replaced_under_it() => await AssertSaidAsync(
        "the lock is the very object that is replaced, so two writers may hold two locks, and one change is lost; lock an object that stays",
        """
        private Dictionary<string, int> _known = new();
        public void Put(string k) { lock (_known) { _known = new(_known) { [k] = 1 }; } }
        public bool Has(string k) => _known.ContainsKey(k);
        """);

    [Fact]
    public async Task Many_fields_read_one_by_one_are_one_finding() => await AssertSaidAsync(
        "it is read there with other fields of the lock, which may be changed in between, so that together they were never true; read them under the lock",
        """
        private double _rate, _range;
        private int _size, _mask;
        private string _name = "";
        public void Set(int n) { lock (_gate) { _rate = n; _range = n; _size = n; _mask = n; _name = n.ToString(); Console.WriteLine(); } }
        public object[] Snapshot() => new object[] { _rate, _range, _size, _mask, _name };
        """);

    [Theory]
    [InlineData("private List<int>? _f; public void M(bool all) { if (all) { if (_f != null) { lock (_gate) { _f = null; } } } else { lock (_gate) { _f ??= new(); _f.Add(1); } } }")]
    [InlineData("private object? _clock; private int _n; public void M(object clock) { if (clock == _clock) return; lock (_gate) { if (_clock == null) _n++; _clock = clock; } }")]
    [InlineData("private List<int> _logs = new(); public void Add(int n) { lock (_gate) _logs.Add(n); } public void Flush() { if (_logs.Count > 0) { lock (_gate) { if (_logs.Count > 0) { Console.WriteLine(_logs); _logs = new(); } } } }")]
    public async Task An_unlocked_test_that_checks_nothing_twice(string members) => await AssertSilentAsync(members);

    [Fact]
    public async Task A_comparison_that_is_made_again_under_the_lock_is_a_double_check() => await AssertSaidAsync(
        ".NET publishes the object safely, ECMA-335 does not; volatile says that the double check is meant",
        "private object? _clock; public void M(object clock) { if (clock == _clock) return; lock (_gate) { if (clock == _clock) return; _clock = clock; } }");

    [Theory]
    [InlineData("Take();", "", false)]
    [InlineData("lock (_gate) { Take(); }", "", false)]
    [InlineData("lock (_gate) { Take(); }", "public void Other() => Take();", true)]
    [InlineData("lock (_gate) { Take(); }", "public Action Other() => Take;", true)]
    [InlineData("lock (_gate) { Take(); }", "sealed class D : C { public void Other() { } }", false)]
    public async Task A_protected_member_that_is_called_under_the_lock_only(string constructed, string other, bool isFound)
    {
        string[] findings = await AnalyzedSource.FindingsAsync($$"""
            class C
            {
                private readonly object _gate = new();
                private Guid _id;
                public C() { {{constructed}} }
                public void Set(Guid id) { lock (_gate) { _id = id; Take(); } }
                protected virtual void Take() => Console.WriteLine(_id);
                {{other}}
            }
            """);
        Assert.Equal(isFound ? ["LF2005 warning _id"] : [], findings);
    }

    [Theory]
    [InlineData("class D : C { public void Other() => Take(); }", true)]
    [InlineData("class D : C { protected override void Take() => base.Take(); }", false)]
    [InlineData("class E { public void Take() { } public void M(E other) => other.Take(); }", false)]
    public async Task A_protected_member_that_a_derived_type_calls(string other, bool isFound)
    {
        string[] findings = await AnalyzedSource.FindingsAsync("""
            class C
            {
                private readonly object _gate = new();
                private Guid _id;
                public void Set(Guid id) { lock (_gate) { _id = id; Take(); } }
                protected virtual void Take() => Console.WriteLine(_id);
            }
            """, other);
        Assert.Equal(isFound ? ["LF2005 warning _id"] : [], findings);
    }

    [Theory]
    [InlineData("_began = DateTime.UtcNow; Task.Run(() => RunAsync());", "", false)]
    [InlineData("_began = DateTime.UtcNow; new Thread(() => RunAsync().Wait()).Start();", "", false)]
    [InlineData("Task.Run(() => RunAsync()); _began = DateTime.UtcNow;", "", true)]
    [InlineData("_began = DateTime.UtcNow; Task.Run(() => RunAsync());", "public Task Again() => RunAsync();", true)]
    [InlineData("_began = DateTime.UtcNow; Task.Run(() => RunAsync());", "public void Reset() { lock (_gate) { _began = default; Console.WriteLine(); } }", true)]
    public async Task A_reader_that_the_only_writer_starts(string start, string other, bool isFound)
    {
        string members = $$"""
            private DateTime _began;
            public void Start() { lock (_gate) { {{start}} } }
            private async Task RunAsync() { await Task.Yield(); Pace(); }
            private void Pace() => Console.WriteLine(_began);
            {{other}}
            """;
        if (isFound)
            await AssertSaidAsync("a 32-bit process may see half of the old value and half of the new one; read it under the lock", members);
        else
            await AssertSilentAsync(members);
    }

    [Theory]
    [InlineData("_pump.Join(); _f = null;", false)]
    [InlineData("Wait(); _f = null;", false)]
    [InlineData("_f = null; _pump.Join();", true)]
    public async Task Null_that_is_stored_when_the_reader_has_ended(string stop, bool isFound)
    {
        string members = $$"""
            private readonly Thread _pump = new(() => { });
            private Action? _f = () => { };
            public void Run() { if (_f != null) _f(); }
            public void Stop() { lock (_gate) { {{stop}} } }
            private void Wait() => _pump.Join();
            """;
        if (isFound)
            await AssertSaidAsync("it is read twice, and in between it may be replaced; read it once into a local", members);
        else
            await AssertSilentAsync(members);
    }

    private static async Task AssertSaidAsync(string consequence, string members)
    {
        Diagnostic finding = Assert.Single(await FindingsAsync(members));
        Assert.EndsWith(": " + consequence, finding.GetMessage(), StringComparison.Ordinal);
    }

    private static async Task AssertSilentAsync(string members) => Assert.Empty(await FindingsAsync(members));

    private static async Task<Diagnostic[]> FindingsAsync(string members) =>
        (await AnalyzedSource.DiagnosticsAsync($"class C {{ private readonly object _gate = new(); {members} }}")).Where(finding => finding.Id == "LF2005").ToArray();
}
