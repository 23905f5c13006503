using System.Globalization;
using System.Text;

namespace LockFree.RealCode;

/// <summary>The figures of <c>docs/real-code.md</c>, made of the records alone.</summary>
internal static class PrecisionTable
{
    /// <summary>Markdown: findings and how many of those read are right, rule by rule; then the places judged beforehand.</summary>
    public static string Of(IReadOnlyList<RepositoryRecord> records)
    {
        StringBuilder text = new();
        text.Append("| rule | severity | findings | repositories | with a fix | read | right | right, other reason | wrong | right of those read |\n");
        text.Append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var group in records.SelectMany(record => record.Findings.Select(finding => (record, finding)))
            .GroupBy(entry => (entry.finding.Rule, entry.finding.Severity))
            .OrderBy(group => group.Key.Rule, StringComparer.Ordinal).ThenByDescending(group => group.Key.Severity, StringComparer.Ordinal))
        {
            RecordedFinding[] findings = [.. group.Select(entry => entry.finding)];
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key.Rule} | {group.Key.Severity} | {findings.Length} ")
                .Append(CultureInfo.InvariantCulture, $"| {group.Select(entry => entry.record.Name).Distinct().Count()} | {findings.Count(finding => finding.HasFix)} ")
                .Append(Counts(findings)).Append('\n');
        }

        foreach (string severity in (string[])["warning", "info"])
        {
            RecordedFinding[] findings = [.. records.SelectMany(record => record.Findings).Where(finding => finding.Severity == severity)];
            int repositories = records.Count(record => record.Findings.Any(finding => finding.Severity == severity));
            text.Append(CultureInfo.InvariantCulture, $"| all | {severity} | {findings.Length} | {repositories} | {findings.Count(finding => finding.HasFix)} ")
                .Append(Counts(findings)).Append('\n');
        }

        AppendSites(text, records);
        return text.ToString();
    }

    private static string Counts(RecordedFinding[] findings)
    {
        int Of(Judgement judgement) => findings.Count(finding => finding.Judgement == judgement);
        int read = findings.Length - Of(Judgement.Unread);
        int right = Of(Judgement.Right) + Of(Judgement.RightForAnotherReason);
        string share = read == 0 ? "–" : (100.0 * right / read).ToString("0", CultureInfo.InvariantCulture) + " %";
        return $"| {read} | {Of(Judgement.Right)} | {Of(Judgement.RightForAnotherReason)} | {Of(Judgement.Wrong)} | {share} |";
    }

    private static void AppendSites(StringBuilder text, IReadOnlyList<RepositoryRecord> records)
    {
        text.Append("\n| rule | place judged beforehand | judged | said | as it should be | why not |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach ((RepositoryRecord record, JudgedSite site) in records.SelectMany(record => record.Sites.Select(site => (record, site)))
            .OrderBy(entry => entry.site.Rule, StringComparer.Ordinal).ThenBy(entry => entry.record.Name, StringComparer.OrdinalIgnoreCase))
        {
            RecordedFinding? found = record.Findings.FirstOrDefault(finding => finding.Place == (site.Rule, site.Path, site.Line));
            string said = found is null ? "nothing" : found.HasFix ? found.Severity + " with a fix" : found.Severity;
            text.Append(CultureInfo.InvariantCulture, $"| {site.Rule} | {record.Name} `{site.Path}:{site.Line}` | {site.Judged.ToString().ToLowerInvariant()}: {site.Why} ")
                .Append(CultureInfo.InvariantCulture, $"| {said} | {(site.IsMetBy(found) ? "yes" : "no")} | {site.WhyOtherwise} |\n");
        }
    }
}
