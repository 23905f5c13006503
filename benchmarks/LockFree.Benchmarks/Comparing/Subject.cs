using System.Text.Json.Serialization;

namespace LockFree.Benchmarks.Comparing;

/// <summary>What a row is about: the name people filter by, in parts that a program can group by.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Types">The pair of key and value types.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Threads">How many threads do it at once, where it is about threads.</param>
/// <param name="WritePercent">How many of the operations write, where it is about reading and writing.</param>
internal sealed record Subject(string Operation, string? Types = null, int? Entries = null, int? Threads = null, int? WritePercent = null)
{
    [JsonIgnore]
    public string Name => string.Join(' ', ((string?[])[ThreadsName, Operation, Types, EntriesName]).OfType<string>());

    private string? ThreadsName => Threads is { } threads ? threads == 1 ? "1 thread" : $"{threads} threads" : null;

    private string? EntriesName => Entries switch
    {
        null => null,
        >= 1_024 when Entries % 1_024 == 0 => $"{Entries / 1_024}k",
        >= 1_000_000 => $"{Entries / 1_000_000}M",
        >= 1_000 => $"{Entries / 1_000}k",
        _ => $"{Entries}",
    };
}
