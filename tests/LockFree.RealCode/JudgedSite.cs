namespace LockFree.RealCode;

/// <summary>A place judged by hand before there was a rule for it.</summary>
internal sealed record JudgedSite
{
    public required string Rule { get; init; }

    public required string Path { get; init; }

    public required int Line { get; init; }

    public required SiteJudgement Judged { get; init; }

    public required string Why { get; init; }

    /// <summary>Why the rule says something else here; null where it says what it should.</summary>
    public string? WhyOtherwise { get; init; }

    /// <summary>Whether what was found at the place is what the judgement asks for.</summary>
    public bool IsMetBy(RecordedFinding? found) => Judged switch
    {
        SiteJudgement.Fix => found is { Severity: "warning", HasFix: true },
        SiteJudgement.Report => found is null or { Severity: "info" },
        SiteJudgement.Warn => found is { Severity: "warning" },
        _ => found is null,
    };
}
