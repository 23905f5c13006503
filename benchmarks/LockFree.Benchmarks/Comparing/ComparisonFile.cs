using System.Text.Json;
using System.Text.Json.Serialization;

namespace LockFree.Benchmarks.Comparing;

/// <summary>A comparison as JSON.</summary>
internal static class ComparisonFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // The ratio of something to nothing, as of allocated bytes.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string file, Comparison comparison) => File.WriteAllText(file, JsonSerializer.Serialize(comparison, Format));

    public static Comparison Read(string file) =>
        JsonSerializer.Deserialize<Comparison>(File.ReadAllText(file), Format) ?? throw new JsonException($"'{file}' holds no comparison.");
}
