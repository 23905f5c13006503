namespace LockFree.RealCode;

/// <summary>A record beside what a fresh run found.</summary>
internal sealed class Comparison
{
    private readonly RepositoryRecord _record;
    private readonly ILookup<(string Rule, string Path, int Line), RecordedFinding> _known;
    private readonly IReadOnlySet<string> _rules;

    /// <param name="record">What is on record.</param>
    /// <param name="found">What was found now.</param>
    /// <param name="rules">The rules that were looked at; empty for all.</param>
    public Comparison(RepositoryRecord record, IReadOnlyList<RecordedFinding> found, IReadOnlySet<string> rules)
    {
        _record = record;
        _rules = rules;
        _known = record.Findings.ToLookup(finding => finding.Place);
        ILookup<(string, string, int), RecordedFinding> now = found.ToLookup(finding => finding.Place);
        New = [.. found.Where(finding => !_known[finding.Place].Any())];
        Gone = [.. record.Findings.Where(finding => IsLookedAt(finding) && !now[finding.Place].Any())];
        Changed = [.. found.Where(finding => _known[finding.Place].Any() && !_known[finding.Place].Any(finding.SaysTheSameAs))];
        Found = found;
    }

    public IReadOnlyList<RecordedFinding> Found { get; }

    public IReadOnlyList<RecordedFinding> New { get; }

    public IReadOnlyList<RecordedFinding> Gone { get; }

    /// <summary>The same rule says something else at the same place.</summary>
    public IReadOnlyList<RecordedFinding> Changed { get; }

    public bool IsSame => New.Count + Gone.Count + Changed.Count == 0;

    /// <summary>
    /// The record with what was found. A judgement stays as long as the finding says the same: the reason in its message was judged, too.
    /// </summary>
    public RepositoryRecord Updated() => _record with
    {
        Findings =
        [
            .. Found.Select(WithJudgement).Concat(_record.Findings.Where(finding => !IsLookedAt(finding)))
                .OrderBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Rule, StringComparer.Ordinal),
        ],
    };

    private bool IsLookedAt(RecordedFinding finding) => _rules.Count == 0 || _rules.Contains(finding.Rule);

    private RecordedFinding WithJudgement(RecordedFinding finding) =>
        _known[finding.Place].FirstOrDefault(finding.SaysTheSameAs) is { } judged
            ? finding with { Judgement = judged.Judgement, Why = judged.Why }
            : finding;
}
