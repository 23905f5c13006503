using LockFree.Cli.Checking;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Reporting;

/// <summary>Where a code base stands with one item of the checklist.</summary>
/// <param name="Item">The item.</param>
/// <param name="Rules">Ids of the rules that checked it; none means nobody looked.</param>
/// <param name="Sites">Findings.</param>
/// <param name="Fixable">Those of them with an automatic fix.</param>
internal sealed record ChecklistState(ChecklistItem Item, IReadOnlyList<string> Rules, int Sites, int Fixable)
{
    public bool IsChecked => Rules.Count > 0;

    public string Summary => this switch
    {
        { IsChecked: false } => "not checked yet, this version has no rule for it",
        { Sites: 0 } => $"clean ({string.Join(", ", Rules)})",
        { Fixable: 0 } => $"{Counted.Of(Sites, "site")}, none with an automatic fix",
        _ => $"{Counted.Of(Sites, "site")}, {Fixable} with an automatic fix",
    };

    /// <summary>The six items, and that of the accessor classes where it has findings.</summary>
    public static IEnumerable<ChecklistState> Of(RuleCatalogue catalogue, CheckResult result)
    {
        IEnumerable<ChecklistItem> items = result.Of(ChecklistItem.Accessors).Any()
            ? ChecklistItem.Migration.Append(ChecklistItem.Accessors)
            : ChecklistItem.Migration;
        return items.Select(item => new ChecklistState(
            item,
            [.. catalogue.RulesOf(item).Select(rule => rule.Id)],
            result.Of(item).Count(),
            result.Of(item).Count(finding => finding.Fix.IsAvailable)));
    }
}
