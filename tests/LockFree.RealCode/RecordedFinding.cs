using System.Text.Json.Serialization;

namespace LockFree.RealCode;

/// <summary>One finding, and what the reader of the place thinks of it.</summary>
internal sealed record RecordedFinding
{
    public required string Rule { get; init; }

    /// <summary><c>warning</c> or <c>info</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Relative to the root of the repository.</summary>
    public required string Path { get; init; }

    public required int Line { get; init; }

    public required bool HasFix { get; init; }

    public required string Message { get; init; }

    public Judgement Judgement { get; init; }

    /// <summary>The reader's reason.</summary>
    public string? Why { get; init; }

    [JsonIgnore]
    public (string Rule, string Path, int Line) Place => (Rule, Path, Line);

    /// <summary>True where the same is said at the same place, so that a judgement of the one holds for the other.</summary>
    public bool SaysTheSameAs(RecordedFinding other) =>
        Place == other.Place && Severity == other.Severity && HasFix == other.HasFix && Message == other.Message;
}
