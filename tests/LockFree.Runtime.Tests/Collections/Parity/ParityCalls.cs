using System.Collections;

namespace LockFree.Tests.Collections.Parity;

/// <summary>Calls of a dictionary with the entries one=1 and two=2, whose outcome is what <c>ConcurrentDictionary</c> documents.</summary>
internal static class ParityCalls
{
    public static readonly Dictionary<string, Func<DictionarySubject<string, int>, object?>> Keys = new()
    {
        ["the value of a missing key, by index"] = d => d.Dictionary["ghost"],
        ["the value of a missing key"] = d => (d.Dictionary.TryGetValue("ghost", out int value), value),
        ["the value of a present key"] = d => (d.Dictionary.TryGetValue("one", out int value), value, d.Dictionary["one"]),
        ["a null key read"] = d => d.Dictionary[null!],
        ["a null key looked up"] = d => d.Dictionary.TryGetValue(null!, out _),
        ["a null key asked for"] = d => d.Dictionary.ContainsKey(null!),
        ["a null key set"] = d => d.Dictionary[null!] = 1,
        ["a null key added"] = d => d.TryAdd(null!, 1),
        ["a null key added as to any dictionary"] = d => Do(() => d.Dictionary.Add(null!, 1)),
        ["a null key added as a pair"] = d => Do(() => d.Dictionary.Add(default)),
        ["a null key updated"] = d => d.TryUpdate(null!, 1, 1),
        ["a null key removed"] = d => d.TryRemove(null!, out _),
        ["a null key removed as from any dictionary"] = d => d.Dictionary.Remove(null!),
        ["a null key got or added"] = d => d.GetOrAdd(null!, 1),
        ["a null key got or made"] = d => d.GetOrAdd(null!, _ => 1),
        ["a null key added or updated"] = d => d.AddOrUpdate(null!, 1, (_, value) => value),
        ["a present key added"] = d => d.TryAdd("one", 5),
        ["a present key added as to any dictionary"] = d => Do(() => d.Dictionary.Add("one", 5)),
        ["a present key added as a pair"] = d => Do(() => d.Dictionary.Add(KeyValuePair.Create("one", 5))),
        ["a missing key added"] = d => (d.TryAdd("three", 3), d.Dictionary["three"]),
        ["a key set twice"] = d => (d.Dictionary["three"] = 3, d.Dictionary["three"] = 4, d.Dictionary["three"]),
        ["a key removed twice"] = d => (d.TryRemove("one", out int first), first, d.TryRemove("one", out int second), second),
        ["a key removed as from any dictionary"] = d => (d.Dictionary.Remove("one"), d.Dictionary.Remove("one")),
        ["a key updated from its value"] = d => (d.TryUpdate("one", 5, 1), d.Dictionary["one"]),
        ["a key updated from another value"] = d => (d.TryUpdate("one", 5, 2), d.Dictionary["one"]),
        ["a missing key updated"] = d => (d.TryUpdate("ghost", 5, 0), d.Dictionary.Count),
        ["a pair removed"] = d => (d.TryRemove(KeyValuePair.Create("one", 1)), d.Dictionary.Count),
        ["a pair with another value removed"] = d => (d.TryRemove(KeyValuePair.Create("one", 2)), d.Dictionary.Count),
        ["a pair removed as from any collection"] = d => (d.Dictionary.Remove(KeyValuePair.Create("one", 2)), d.Dictionary.Remove(KeyValuePair.Create("one", 1))),
        ["a pair asked for"] = d => (d.Dictionary.Contains(KeyValuePair.Create("one", 1)), d.Dictionary.Contains(KeyValuePair.Create("one", 2)), d.Dictionary.Contains(KeyValuePair.Create("ghost", 0))),
        ["a pair with a null key asked for"] = d => d.Dictionary.Contains(default(KeyValuePair<string, int>)),
        ["everything removed"] = d => (Do(d.Dictionary.Clear), d.Dictionary.Count, d.IsEmpty, d.ToArray().Length),
        ["counted"] = d => (d.Dictionary.Count, d.IsEmpty, d.ReadOnly.Count, d.Untyped.Count),
        ["copied"] = d => Sorted(d.ToArray()),
        ["an empty one copied"] = d => (Do(d.Dictionary.Clear), d.ToArray().Length),
        ["the default comparer"] = d => ReferenceEquals(d.Comparer, EqualityComparer<string>.Default),
    };

    public static readonly Dictionary<string, Func<DictionarySubject<string, int>, object?>> Functions = new()
    {
        ["GetOrAdd of a present key"] = d => (d.GetOrAdd("one", 5), d.GetOrAdd("one", _ => 6), d.GetOrAdd("one", (_, argument) => argument, 7)),
        ["GetOrAdd of a missing key"] = d => (d.GetOrAdd("a", 5), d.GetOrAdd("b", key => key.Length), d.GetOrAdd("c", (key, argument) => key.Length + argument, 7), Sorted(d.ToArray())),
        ["GetOrAdd of a present key without a factory"] = d => d.GetOrAdd("one", null!),
        ["GetOrAdd of a present key without a factory, with an argument"] = d => d.GetOrAdd<int>("one", null!, 1),
        ["GetOrAdd of a null key without a factory"] = d => d.GetOrAdd(null!, null!),
        ["GetOrAdd of a null key without a factory, with an argument"] = d => d.GetOrAdd<int>(null!, null!, 1),
        ["GetOrAdd whose factory throws"] = d => (Outcome.Of(() => d.GetOrAdd("a", _ => throw new NotFiniteNumberException())), d.Dictionary.Count),
        ["GetOrAdd whose factory adds the key"] = d => (d.GetOrAdd("a", key => d.GetOrAdd(key, 5) + 1), d.Dictionary["a"]),
        ["GetOrAdd whose factory is not needed"] = d => d.GetOrAdd("one", _ => throw new NotFiniteNumberException()),
        ["AddOrUpdate of a present key"] = d => (d.AddOrUpdate("one", 5, (key, value) => value + key.Length), d.AddOrUpdate("two", _ => 5, (_, value) => value + 10), Sorted(d.ToArray())),
        ["AddOrUpdate of a missing key"] = d => (d.AddOrUpdate("a", 5, (_, _) => 0), d.AddOrUpdate("b", key => key.Length, (_, _) => 0), Sorted(d.ToArray())),
        ["AddOrUpdate with an argument"] = d => (d.AddOrUpdate("a", (_, x) => x, (_, old, x) => old + x, 5), d.AddOrUpdate("a", (_, x) => x, (_, old, x) => old + x, 5)),
        ["AddOrUpdate without an updater"] = d => d.AddOrUpdate("one", 5, null!),
        ["AddOrUpdate without a factory"] = d => d.AddOrUpdate("one", null!, (_, value) => value),
        ["AddOrUpdate with neither"] = d => d.AddOrUpdate("one", (Func<string, int>)null!, null!),
        ["AddOrUpdate of a null key with neither"] = d => d.AddOrUpdate(null!, (Func<string, int>)null!, null!),
        ["AddOrUpdate of a null key without an updater"] = d => d.AddOrUpdate(null!, 5, null!),
        ["AddOrUpdate with an argument and no updater"] = d => d.AddOrUpdate("one", (_, x) => x, null!, 5),
        ["AddOrUpdate with an argument and no factory"] = d => d.AddOrUpdate("one", null!, (_, old, x) => old + x, 5),
        ["AddOrUpdate whose updater throws"] = d => (Outcome.Of(() => d.AddOrUpdate("one", 5, (_, _) => throw new NotFiniteNumberException())), d.Dictionary["one"]),
        ["AddOrUpdate whose updater changes the value"] = d => (d.AddOrUpdate("one", 0, (key, value) => value < 10 ? d.Dictionary[key] = value + 100 : value + 1), d.Dictionary["one"]),
        ["AddOrUpdate whose updater removes the key"] = d => (d.AddOrUpdate("one", 7, (key, value) => d.TryRemove(key, out _) ? 1_000 : value), d.Dictionary["one"]),
        ["AddOrUpdate whose factory adds the key"] = d => (d.AddOrUpdate("a", key => d.Dictionary[key] = 1, (_, value) => value + 10), d.Dictionary["a"]),
    };

    public static readonly Dictionary<string, Func<DictionarySubject<string, int>, object?>> Interfaces = new()
    {
        ["a collection of pairs"] = d => (d.Dictionary.IsReadOnly, d.Dictionary.Count),
        ["keys and values"] = d => (Sorted(d.Dictionary.Keys), Sorted(d.Dictionary.Values), Sorted(d.ReadOnly.Keys), Sorted(d.ReadOnly.Values)),
        ["keys that are added to"] = d => Do(() => d.Dictionary.Keys.Add("a")),
        ["keys that are removed from"] = d => d.Dictionary.Keys.Remove("one"),
        ["values that are emptied"] = d => Do(d.Dictionary.Values.Clear),
        ["keys and values searched"] = d => (d.Dictionary.Keys.Contains("one"), d.Dictionary.Keys.Contains("a"), d.Dictionary.Values.Contains(1), d.Dictionary.Values.Contains(5)),
        ["keys copied"] = d => Copied(array => d.Dictionary.Keys.CopyTo(array, 1), new string[4]),
        ["keys copied to too short an array"] = d => Do(() => d.Dictionary.Keys.CopyTo(new string[2], 1)),
        ["pairs copied"] = d => Copied(array => d.Dictionary.CopyTo(array, 1), new KeyValuePair<string, int>[4]),
        ["pairs copied to nowhere"] = d => Do(() => d.Dictionary.CopyTo(null!, 0)),
        ["pairs copied to too short an array"] = d => Do(() => d.Dictionary.CopyTo(new KeyValuePair<string, int>[2], 1)),
        ["pairs copied to behind an array"] = d => Do(() => d.Dictionary.CopyTo(new KeyValuePair<string, int>[2], 3)),
        ["pairs copied to the end of an array"] = d => (Do(d.Dictionary.Clear), Do(() => d.Dictionary.CopyTo(new KeyValuePair<string, int>[2], 2))),
        ["copied as pairs"] = d => Copied(array => d.Untyped.CopyTo(array, 0), new KeyValuePair<string, int>[3]),
        ["copied as entries"] = d => Copied(array => d.Untyped.CopyTo(array, 0), new DictionaryEntry[3]),
        ["copied as objects"] = d => Copied(array => d.Untyped.CopyTo(array, 0), new object[3]),
        ["copied as numbers"] = d => Do(() => d.Untyped.CopyTo(new int[3], 0)),
        ["copied to two dimensions"] = d => Do(() => d.Untyped.CopyTo(new object[3, 3], 0)),
        ["copied to nowhere"] = d => Do(() => d.Untyped.CopyTo(null!, 0)),
        ["copied to before an array"] = d => Do(() => d.Untyped.CopyTo(new object[9], -1)),
        ["copied to too short an array"] = d => Do(() => d.Untyped.CopyTo(new object[1], 0)),
        ["a dictionary of objects"] = d => (d.Untyped.IsFixedSize, d.Untyped.IsReadOnly, d.Untyped.IsSynchronized),
        ["the lock to share"] = d => d.Untyped.SyncRoot,
        ["an object read"] = d => (d.Untyped["one"], d.Untyped["ghost"], d.Untyped[5]),
        ["an object set"] = d => (d.Untyped["three"] = 3, d.Dictionary["three"]),
        ["an object set for a key of another type"] = d => d.Untyped[5] = 5,
        ["an object set of another type"] = d => d.Untyped["one"] = "1",
        ["a null set where numbers are"] = d => d.Untyped["one"] = null,
        ["an object set for a null key"] = d => d.Untyped[null!] = 1,
        ["an object read for a null key"] = d => d.Untyped[null!],
        ["an object asked for"] = d => (d.Untyped.Contains("one"), d.Untyped.Contains("ghost"), d.Untyped.Contains(5)),
        ["a null object asked for"] = d => d.Untyped.Contains(null!),
        ["an object added"] = d => (Do(() => d.Untyped.Add("three", 3)), d.Dictionary["three"]),
        ["an object added for a present key"] = d => Do(() => d.Untyped.Add("one", 3)),
        ["an object added for a null key"] = d => Do(() => d.Untyped.Add(null!, 3)),
        ["an object added for a key of another type"] = d => Do(() => d.Untyped.Add(5, 3)),
        ["an object added of another type"] = d => Do(() => d.Untyped.Add("three", "3")),
        ["an object removed"] = d => (Do(() => d.Untyped.Remove("one")), Do(() => d.Untyped.Remove("ghost")), Do(() => d.Untyped.Remove(5)), d.Dictionary.Count),
        ["a null object removed"] = d => Do(() => d.Untyped.Remove(null!)),
        ["keys and values of objects"] = d => (Sorted(d.Untyped.Keys.Cast<object>()), Sorted(d.Untyped.Values.Cast<object>())),
        ["keys and values of objects, whether synchronised"] = d => (d.Untyped.Keys.IsSynchronized, d.Untyped.Values.IsSynchronized),
    };

    public static readonly Dictionary<string, Func<DictionarySubject<string, int>, object?>> Walks = new()
    {
        ["walked over"] = d => Sorted(d.Dictionary),
        ["walked over as objects"] = d => Sorted(((IEnumerable)d.Dictionary).Cast<object>()),
        ["walked over as entries"] = d => Sorted(Entries(d.Untyped.GetEnumerator())),
        ["walked over as an untyped collection"] = d => Sorted(((IEnumerable)d.Untyped).Cast<object>().Select(item => item.GetType())),
        ["changed while walked over"] = d => ChangedMeanwhile(d),
        ["a walk begun again"] = d => BegunAgain(d.Dictionary.GetEnumerator()),
        ["a walk over entries begun again"] = d => BegunAgain(d.Untyped.GetEnumerator()),
        ["a walk gone on with after its end"] = d => AfterItsEnd(d.Dictionary.GetEnumerator()),
        ["a walk over nothing"] = d => (Do(d.Dictionary.Clear), AfterItsEnd(d.Dictionary.GetEnumerator())),
        ["a walk before its first step"] = d => d.Dictionary.GetEnumerator().Current,
        ["a walk that is disposed of twice"] = d => DisposedTwice(d.Dictionary.GetEnumerator()),
    };

    public static readonly Dictionary<string, Func<DictionarySubject<string, int>, object?>> Alternates = new()
    {
        ["a missing key read by its stand-in"] = d => ByLength(d)[99],
        ["a key read by its stand-in"] = d => (ByLength(d)[3], ByLength(d).ContainsKey(3), ByLength(d).ContainsKey(99)),
        ["a key got by its stand-in"] = d => (ByLength(d).TryGetValue(3, out string? key, out int value), key, value),
        ["a missing key got by its stand-in"] = d => (ByLength(d).TryGetValue(99, out string? key, out int value), key, value),
        ["a key added by its stand-in"] = d => (ByLength(d).TryAdd(5, 5), ByLength(d).TryAdd(5, 6), Sorted(d.ToArray())),
        ["a key set by its stand-in"] = d => (Do(() => ByLength(d)[5] = 5), Do(() => ByLength(d)[3] = 33), Sorted(d.ToArray())),
        ["a key removed by its stand-in"] = d => (ByLength(d).TryRemove(3, out string? key, out int value), key, value, ByLength(d).TryRemove(3, out key, out value), key, value),
        ["a stand-in the comparer does not know"] = d => d.AlternateLookup<long>(),
    };

    /// <summary>Where the map differs on purpose: what comes of the call here and there.</summary>
    public static readonly Dictionary<string, (Func<DictionarySubject<string, int>, object?> Call, string InBaseClassLibrary, string InMap)> Differences = new()
    {
        ["Keys is a view"] = (d => CountAfter(d.Dictionary.Keys, () => d.TryAdd("three", 3)), "2", "3"),
        ["Values is a view"] = (d => CountAfter(d.Dictionary.Values, () => d.TryAdd("three", 3)), "2", "3"),
        ["Keys has no lock to share"] = (d => d.Untyped.Keys.SyncRoot is not null, "True", "NotSupportedException"),
        ["Values has no lock to share"] = (d => d.Untyped.Values.SyncRoot is not null, "True", "NotSupportedException"),
        ["copied to an array of a type that no entry has"] = (d => Do(() => d.Untyped.CopyTo(new string[3], 0)), "ArrayTypeMismatchException", "ArgumentException"),
        ["keys copied to nowhere"] = (
            d => Do(() => d.Dictionary.Keys.CopyTo(null!, 0)), "ArgumentNullException(destinationArray)", "ArgumentNullException(array)"),
        ["keys copied to before an array"] = (
            d => Do(() => d.Dictionary.Keys.CopyTo(new string[9], -1)), "ArgumentOutOfRangeException(destinationIndex)", "ArgumentOutOfRangeException(index)"),
    };

    private static int CountAfter<T>(ICollection<T> view, Action change)
    {
        change();
        return view.Count;
    }

    private static IAlternateSubject<int, string, int> ByLength(DictionarySubject<string, int> subject) => subject.AlternateLookup<int>();

    private static string? Do(Action action)
    {
        action();
        return null;
    }

    private static string Copied<T>(Action<T[]> copy, T[] array)
    {
        copy(array);
        return $"{Sorted(array.Cast<object>())} as {string.Join(' ', array.Select(item => item?.GetType().Name).Distinct().Order())}";
    }

    private static string Sorted<T>(IEnumerable<T> items) => string.Join(' ', items.Select(Outcome.TextOf).Order(StringComparer.Ordinal));

    private static IEnumerable<object?> Entries(IDictionaryEnumerator walk)
    {
        while (walk.MoveNext())
        {
            Assert.Equal(walk.Entry, walk.Current);
            yield return (walk.Key, walk.Value, walk.Entry.Key, walk.Entry.Value);
        }
    }

    private static object ChangedMeanwhile(DictionarySubject<string, int> subject)
    {
        int steps = 0;
        foreach ((string key, int value) in subject.Dictionary)
        {
            subject.Dictionary[key] = value + 10;
            subject.TryRemove("ghost", out _);
            steps++;
        }
        return (steps, Sorted(subject.ToArray()));
    }

    private static object BegunAgain(IEnumerator walk)
    {
        walk.MoveNext();
        walk.Reset();
        int steps = 0;
        while (walk.MoveNext())
            steps++;
        walk.Reset();
        return (steps, walk.MoveNext());
    }

    private static object AfterItsEnd(IEnumerator walk)
    {
        while (walk.MoveNext())
        {
        }
        return (walk.MoveNext(), walk.MoveNext());
    }

    private static object DisposedTwice(IEnumerator<KeyValuePair<string, int>> walk)
    {
        walk.MoveNext();
        walk.Dispose();
        walk.Dispose();
        return "disposed";
    }
}
