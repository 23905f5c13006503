using System.Collections.Concurrent;

namespace LockFree.Tests.Collections.Parity;

/// <summary>
/// The map does what <see cref="ConcurrentDictionary{TKey, TValue}"/> does: every call is made on both, and the outcomes are compared, exceptions and the
/// parameters they name included. Where the two differ on purpose, both outcomes are recorded, and <c>docs/internals/sharded-map.md</c> gives the reason.
/// </summary>
public class ConcurrentDictionaryParityTests
{
    private static readonly Dictionary<string, Func<DictionarySubject<string, int>, object?>> SameCalls = new(
        [.. ParityCalls.Keys, .. ParityCalls.Functions, .. ParityCalls.Interfaces, .. ParityCalls.Walks, .. ParityCalls.Alternates]);

    public static TheoryData<string> Names => [.. SameCalls.Keys];

    public static TheoryData<string> DifferentNames => [.. ParityCalls.Differences.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_outcome_is_the_same(string name) =>
        Assert.Equal(OutcomeOf(SameCalls[name], OfBaseClassLibrary(name)), OutcomeOf(SameCalls[name], OfMap(name)));

    [Theory]
    [MemberData(nameof(DifferentNames))]
    public void The_outcome_differs_as_recorded(string name)
    {
        (Func<DictionarySubject<string, int>, object?> call, string inBaseClassLibrary, string inMap) = ParityCalls.Differences[name];
        Assert.Equal(inBaseClassLibrary, OutcomeOf(call, OfBaseClassLibrary(name)));
        Assert.Equal(inMap, OutcomeOf(call, OfMap(name)));
    }

    [Fact]
    public void Nulls_are_values_in_both()
    {
        foreach (DictionarySubject<string, string?> subject in (DictionarySubject<string, string?>[])
            [new ConcurrentDictionarySubject<string, string?>(new()), new ShardedMapSubject<string, string?>(new())])
        {
            subject.Untyped["nothing"] = null;
            Assert.False(subject.TryAdd("nothing", "something"));
            Assert.Null(subject.GetOrAdd("nothing", "something"));
            Assert.True(subject.TryUpdate("nothing", "something", null));
            Assert.True(subject.TryUpdate("nothing", null, "something"));
            Assert.Contains(KeyValuePair.Create("nothing", default(string)), subject.Dictionary);
            Assert.True(subject.TryRemove(KeyValuePair.Create("nothing", default(string))));
            Assert.True(subject.IsEmpty);
        }
    }

    [Fact]
    public void Constructors_refuse_the_same()
    {
        KeyValuePair<string, int>[] twice = [KeyValuePair.Create("a", 1), KeyValuePair.Create("a", 2)];
        KeyValuePair<string, int>[] withNull = [default];
        Assert.Throws<ArgumentNullException>(() => new ConcurrentDictionary<string, int>((IEnumerable<KeyValuePair<string, int>>)null!));
        Assert.Throws<ArgumentNullException>(() => new ShardedMap<string, int>((IEnumerable<KeyValuePair<string, int>>)null!));
        Assert.Throws<ArgumentException>(() => new ConcurrentDictionary<string, int>(twice));
        Assert.Throws<ArgumentException>(() => new ShardedMap<string, int>(twice));
        Assert.Throws<ArgumentNullException>("key", () => new ConcurrentDictionary<string, int>(withNull));
        Assert.Throws<ArgumentNullException>("key", () => new ShardedMap<string, int>(withNull));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new ConcurrentDictionary<string, int>(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new ShardedMap<string, int>(-1));
    }

    [Fact]
    public void Both_name_the_key_that_is_missing()
    {
        Assert.Contains("'ghost'", Assert.Throws<KeyNotFoundException>(() => new ConcurrentDictionary<string, int>()["ghost"]).Message);
        Assert.Contains("'ghost'", Assert.Throws<KeyNotFoundException>(() => new ShardedMap<string, int>()["ghost"]).Message);
    }

    private static string OutcomeOf(Func<DictionarySubject<string, int>, object?> call, DictionarySubject<string, int> subject)
    {
        subject.Dictionary["one"] = 1;
        subject.Dictionary["two"] = 2;
        return Outcome.Of(() => call(subject));
    }

    private static ConcurrentDictionarySubject<string, int> OfBaseClassLibrary(string name) =>
        new(ParityCalls.Alternates.ContainsKey(name) ? new(new TextByLength()) : new());

    private static ShardedMapSubject<string, int> OfMap(string name) =>
        new(ParityCalls.Alternates.ContainsKey(name) ? new(new TextByLength()) : new());
}
