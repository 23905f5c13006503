using LockFree.Cli.Checking;

namespace LockFree.Cli.Reporting;

/// <summary>Says in words what could not be understood, and what would help.</summary>
internal static class GapNotes
{
    private const int NamedPackages = 8;

    /// <summary>Writes them under a heading of their own, if there are any.</summary>
    public static void Write(BindingGaps gaps, ReportPaths paths, StyledWriter writer)
    {
        if (gaps.IsEmpty)
            return;
        writer.WriteLine();
        writer.WriteLine("What the compiler could not understand was not judged:", TextStyle.Heading);
        foreach (string note in Of(gaps, paths))
            writer.WriteLine("  " + note);
    }

    public static IEnumerable<string> Of(BindingGaps gaps, ReportPaths paths)
    {
        if (gaps.UnboundNames > 0)
            yield return $"{Counted.Of(gaps.UnboundNames, "name")} could not be bound.";
        if (gaps.OtherErrors > 0)
            yield return $"{Counted.Of(gaps.OtherErrors, "other compiler error")}.";
        if (gaps.FirstError is { } first)
            yield return $"The first of them, in {Counted.Of(gaps.Files, "file")}: {paths.InMessage(first)}";
        if (!gaps.MissingReferences.IsEmpty)
        {
            string more = gaps.MissingReferences.Count > NamedPackages ? $" and {gaps.MissingReferences.Count - NamedPackages} more" : "";
            yield return $"Not on this machine: {string.Join(", ", gaps.MissingReferences.Take(NamedPackages))}{more}. Run 'dotnet restore' and check again.";
        }
    }
}
