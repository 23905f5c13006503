using LockFree.CodeFixes.Tests.HotCollections;
using static LockFree.CodeFixes.Tests.HotCollections.CollectionFix;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>
/// LF1001: what goes over a whole <c>ShardedMap</c> does not see it at one moment, as it did under the lock. This is what it promises instead: what is
/// there throughout comes exactly once, and what is drained goes to exactly one caller.
/// </summary>
public sealed class WholeMapTests
{
    private const int Keys = 60;
    private const int Rounds = 40;

    private const string Members = """
        public void Set(string key, int value) { lock (_gate) { _map[key] = value; } }
        public bool Remove(string key) { lock (_gate) { return _map.Remove(key); } }
        public int Count() { lock (_gate) { return _map.Count; } }
        public KeyValuePair<string, int>[] Entries() { lock (_gate) { return _map.ToArray(); } }
        public List<string> KeyList() { lock (_gate) { return new List<string>(_map.Keys); } }
        public int[] Values() { lock (_gate) { return _map.Values.ToArray(); } }
        public List<string> Over(int limit) { var found = new List<string>(); lock (_gate) { foreach (var entry in _map) { if (entry.Value >= limit) found.Add(entry.Key); } } return found; }
        public string? Early(int value) { lock (_gate) { foreach (var entry in _map) { if (entry.Value == value) return entry.Key; } return null; } }
        public KeyValuePair<string, int>[] Drained() { lock (_gate) { var all = _map.ToArray(); _map.Clear(); return all; } }
        """;

    [Fact]
    public async Task What_is_there_throughout_comes_exactly_once()
    {
        CompiledProgram program = await FixedAsync(Members);
        using var crew = new Crew(2);
        for (int round = 0; round < Rounds; round++)
        {
            object map = program.New();
            for (int key = 0; key < Keys; key++)
                Call(program, map, "Set", $"there{key}", key);

            var copies = new List<object?>();
            crew.Run(
            [
                () => Come(program, map, round),
                () =>
                {
                    foreach (string copy in (string[])["Entries", "KeyList", "Values"])
                        copies.Add(Call(program, map, copy));
                    copies.Add(Call(program, map, "Over", 0));
                    Assert.Equal("there7", Call(program, map, "Early", 7));
                    Assert.InRange((int)Call(program, map, "Count")!, Keys - 1, (Keys * 2) + 1);
                },
            ]);

            string[] there = [.. Enumerable.Range(0, Keys).Select(key => $"there{key}").Order()];
            Assert.Equal(there, ((KeyValuePair<string, int>[])copies[0]!).Select(entry => entry.Key).Where(IsThere).Order());
            Assert.Equal(there, ((List<string>)copies[1]!).Where(IsThere).Order());
            Assert.Equal(Enumerable.Range(0, Keys), ((int[])copies[2]!).Where(value => value >= 0).Order());
            Assert.Equal(there, ((List<string>)copies[3]!).Order());
        }
    }

    [Fact]
    public async Task Each_drained_entry_goes_to_exactly_one_caller_and_none_is_lost()
    {
        CompiledProgram program = await FixedAsync(Members);
        using var crew = new Crew(3);
        for (int round = 0; round < Rounds; round++)
        {
            object map = program.New();
            var drained = new List<KeyValuePair<string, int>>[2];
            crew.Run(
            [
                () => { for (int key = 0; key < Keys; key++) Call(program, map, "Set", $"key{key}", key); },
                () => drained[0] = Drain(program, map),
                () => drained[1] = Drain(program, map),
            ]);

            var rest = (KeyValuePair<string, int>[])Call(program, map, "Drained")!;
            Assert.Equal(Enumerable.Range(0, Keys), drained[0].Concat(drained[1]).Concat(rest).Select(entry => entry.Value).Order());
            Assert.Equal(0, Call(program, map, "Count"));
        }
    }

    private static bool IsThere(string key) => key.StartsWith("there", StringComparison.Ordinal);

    private static List<KeyValuePair<string, int>> Drain(CompiledProgram program, object map)
        => [.. Enumerable.Range(0, 10).SelectMany(_ => (KeyValuePair<string, int>[])Call(program, map, "Drained")!)];

    /// <summary>Entries come, so that the map grows meanwhile, and go.</summary>
    private static void Come(CompiledProgram program, object map, int round)
    {
        for (int key = 0; key < Keys; key++)
        {
            Call(program, map, "Set", $"coming{round}of{key}", -1);
            if (key % 2 == 0)
                Call(program, map, "Remove", $"coming{round}of{key}");
        }
    }

    private static async Task<CompiledProgram> FixedAsync(string members)
        => await CompiledProgram.CompileAsync(await FixAsync(Class(members), Sharded));

    private static object? Call(CompiledProgram program, object map, string name, params object?[] arguments)
        => program.Methods.Single(method => method.Name == name).Invoke(map, arguments);
}
