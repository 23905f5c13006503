using LockFree.Analyzers.Tests.GuardedState;

namespace LockFree.Analyzers.Tests.Traps;

/// <summary>
/// Every trap as it is written, under other names, with other kinds of locks and inside a generic type: the findings must be the same. A rule
/// joins with a table of its own.
/// </summary>
public sealed class TrapMatrixTests
{
    private static readonly Trap[] Traps = [.. CollectionTraps.All];

    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (Trap trap in Traps)
            {
                foreach (TrapVariant variant in Enum.GetValues<TrapVariant>())
                {
                    if (TrapVariants.Of(trap, variant) is not null)
                        cells.Add(trap.ToString(), variant.ToString());
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Gives_what_it_must_give(string name, string variant)
    {
        Trap trap = Traps.Single(candidate => candidate.ToString() == name);
        string source = TrapVariants.Of(trap, Enum.Parse<TrapVariant>(variant))!;
        string[] findings = [.. (await AnalyzedSource.FindingsAsync(source))
            .Where(finding => finding.StartsWith(trap.Rule, StringComparison.Ordinal)).Select(finding => finding.Split(' ')[1])];
        Assert.True(trap.Expected.SequenceEqual(findings), $"expected [{string.Join(", ", trap.Expected)}], found [{string.Join(", ", findings)}] in\n{source}");
    }

    [Fact]
    public void A_variant_changes_the_source()
    {
        foreach (Trap trap in Traps)
        {
            string[] variants = [.. Enum.GetValues<TrapVariant>().Select(variant => TrapVariants.Of(trap, variant)).OfType<string>()];
            Assert.Equal(variants.Length, variants.Distinct().Count());
        }
    }
}
