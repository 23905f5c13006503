using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LockFree.RealCode;

/// <summary>
/// What the rules find in one public repository, and what a reader who looked at each place thinks of it. Names and places only: none
/// of the repository's code.
/// </summary>
internal sealed record RepositoryRecord
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Owner and name on GitHub.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit that was checked.</summary>
    public required string Commit { get; init; }

    /// <summary>Places that were judged by hand before there was a rule: what the rules must find, and what they must not.</summary>
    public IReadOnlyList<JudgedSite> Sites { get; init; } = [];

    /// <summary>Every finding of the checked rules, by place.</summary>
    public IReadOnlyList<RecordedFinding> Findings { get; init; } = [];

    /// <summary>Where the record is kept; its name without the extension is that of the folder the sources are laid out in.</summary>
    [JsonIgnore]
    public string Path { get; init; } = "";

    [JsonIgnore]
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>All records of a folder, by name.</summary>
    public static IReadOnlyList<RepositoryRecord> LoadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.OrdinalIgnoreCase).Select(Load)];

    public void Save() => File.WriteAllText(Path, JsonSerializer.Serialize(this, Format) + "\n");

    private static RepositoryRecord Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RepositoryRecord>(File.ReadAllText(path), Format)! with { Path = path };
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path}: no record of a repository ({broken.Message}); correct it, or take it back from the history.", broken);
        }
    }
}
