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

    /// <summary>The six items of the checklist.</summary>
    public static IEnumerable<ChecklistState> Of(RuleCatalogue catalogue, CheckResult result) =>
        ChecklistItem.Migration.Select(item => Of(item, catalogue, result));

    /// <summary>The accessors classes, which are no item of it.</summary>
    public static ChecklistState OfAccessors(RuleCatalogue catalogue, CheckResult result) => Of(ChecklistItem.Accessors, catalogue, result);

    private static ChecklistState Of(ChecklistItem item, RuleCatalogue catalogue, CheckResult result) => new(
        item,
        [.. catalogue.RulesOf(item).Select(rule => rule.Id)],
        result.Of(item).Count(),
        result.Of(item).Count(finding => finding.Fix.IsAvailable));
}
