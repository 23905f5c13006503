using System.Text.Json;
using Consumer;
using LockFree;

ShardedMap<string, int> map = new() { ["one"] = 1, ["two"] = 2 };
Console.WriteLine(TextOf(map));

ShardedMap<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = map.GetAlternateLookup<ReadOnlySpan<char>>();
lookup.GetOrAdd("three,four".AsSpan(0, 5), static key => key.Length);
Console.WriteLine(TextOf(map));

string json = JsonSerializer.Serialize(new ShardedMap<string, int> { { "one", 1 } }, MapContext.Default.ShardedMapStringInt32);
Console.WriteLine(json);
Console.WriteLine(TextOf(JsonSerializer.Deserialize(json, MapContext.Default.ShardedMapStringInt32)!));

var wide = new ShardedMap<Guid, (Guid First, Guid Second)>();
Parallel.For(0, 4, _ =>
{
    for (int i = 0; i < 5_000; i++)
    {
        Guid id = Guid.NewGuid();
        wide[id] = (id, id);
    }
});
Console.WriteLine($"{wide.Count(entry => entry.Value == (entry.Key, entry.Key))} added");

Console.WriteLine($"made once: {new ShardedMap<string, int>().GetOrAddOnce("key", _ => 7)}");
Console.WriteLine($"made later: {await new ShardedMap<string, int>().GetOrAddAsync("key", (_, _) => ValueTask.FromResult(8))}");
Console.WriteLine($"set of {new ShardedSet<string>(["a", "A", "b"], StringComparer.OrdinalIgnoreCase).Count}");

var cell = new SwapCell<string>("first");
cell.Update(_ => "second");
Console.WriteLine($"cell: {cell.Load()}");

await using var hub = new ClientHub();
hub.Register(ClientKey.Global("name"), "client");
Console.WriteLine($"hub: {hub.Get<string>(ClientKey.Global("name"))}");

static string TextOf(ShardedMap<string, int> map) =>
    string.Join(' ', map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));
