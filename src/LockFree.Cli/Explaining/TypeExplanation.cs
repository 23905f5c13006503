using System.Globalization;
using System.Text;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using LockFree.Cli.Reporting;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Explaining;

/// <summary>Tells, for one type, which lock guards which fields, and why a finding was or was not made.</summary>
internal static class TypeExplanation
{
    /// <summary>The explanation of the outermost type around <paramref name="type"/>, which is what the rules judge as a whole.</summary>
    public static string Of(INamedTypeSymbol type, Compilation compilation, ReportPaths paths, CancellationToken cancellationToken)
    {
        INamedTypeSymbol outermost = TypeFamily.OutermostOf(type);
        // .editorconfig is not at hand here: all targets are tried, whatever lockfree.map_type says
        CompiledBodies bodies = new(tree => compilation.GetSemanticModel(tree), cancellationToken);
        GuardedStateModel model = GuardedStateModelBuilder.Build(new TypeFamily(outermost), bodies.BodyOf, new LockWrappers(), cancellationToken);
        PromisedFix fix = new(
            compilation, new TypeMentions(outermost, tree => compilation.GetSemanticModel(tree)), optionsOf: _ => null, cancellationToken);
        GuardedStateVerdicts verdicts = GuardedStateVerdicts.Of(model, ReplacementNames.For(compilation), fix);

        StringBuilder text = new();
        text.Append(outermost.ToDisplayString()).Append("  ").AppendJoin(", ", outermost.Locations.Select(place => Place(place, paths))).Append("\n\n");
        if (model.IsIncomplete)
            text.Append("The type is too large to be walked: nothing is concluded about it.\n\n");
        AppendLocks(text, model);
        AppendCollections(text, verdicts);
        AppendPlainFields(text, verdicts);
        AppendFindings(text, verdicts, paths);
        text.Append("Model\n").Append(Indented(ModelText.Of(model) + ModelText.OfPlainFields(model)));
        return text.ToString();
    }

    private static void AppendLocks(StringBuilder text, GuardedStateModel model)
    {
        text.Append("Locks\n");
        foreach (IGrouping<ObjectPath, LockRegion> regions in model.Regions.GroupBy(region => region.Lock))
        {
            text.Append("  ").Append(regions.Key).Append(": ").Append(regions.First().Primitive).Append(", ")
                .Append(Counted.Of(regions.Count(), "region")).Append(" in ")
                .AppendJoin(", ", regions.Select(region => ModelText.NameOf(region.Frame.Function)).Distinct()).Append('\n');
            foreach (IGrouping<string, RegionEvent> uses in regions.SelectMany(region => region.Events)
                .Where(happening => happening.Kind is RegionEventKind.Collection or RegionEventKind.OtherField)
                .GroupBy(happening => happening.Symbol!.Name))
            {
                text.Append("    ").Append(uses.Any(use => use.IsWrite) ? "writes " : "reads ").Append(uses.Key).Append('\n');
            }
        }

        text.Append(model.Regions.Count == 0 ? "  none is taken\n\n" : "\n");
    }

    private static void AppendCollections(StringBuilder text, GuardedStateVerdicts verdicts)
    {
        text.Append("Dictionaries and sets (LF1001)\n");
        foreach (DictionaryVerdict verdict in verdicts.Collections)
        {
            text.Append("  ").Append(verdict.Candidate.Field.Name).Append(": ").Append(verdict.Outcome switch
            {
                VerdictOutcome.Exact => "warning, every region can be rewritten exactly",
                VerdictOutcome.ReportOnly => "information, a person must decide, because " + verdict.Reason,
                _ => "silent, because: " + verdict.Reason,
            }).Append('\n');
            foreach (JudgedRegion judged in verdict.Regions)
            {
                text.Append("    ").Append(ModelText.NameOf(judged.Region.Frame.Function)).Append(" under ").Append(judged.Region.Lock).Append(": ")
                    .AppendJoin(", ", judged.Paths.Select(path => path.Shape.ToString()).Distinct());
                if (judged.Obstacle is { } obstacle)
                    text.Append("; ").Append(obstacle.Text);
                text.Append('\n');
            }
        }

        text.Append(verdicts.Collections.IsEmpty ? "  none that only this type can see\n\n" : "\n");
    }

    private static void AppendPlainFields(StringBuilder text, GuardedStateVerdicts verdicts)
    {
        text.Append("Single values (LF2001, LF2005)\n");
        foreach (PlainFieldJudgement judgement in verdicts.PlainFields)
        {
            text.Append("  ").Append(judgement.Field.Field.Name).Append('\n');
            AppendJudgement(CellUnderLock.Id, judgement.Cell.Silence, judgement.Cell.Verdict?.IsExact, judgement.Cell.Verdict?.Reason);
            AppendJudgement(PlainPublication.Id, judgement.Publication.Silence, judgement.Publication.Verdict?.IsHarmful, reason: null);
        }

        text.Append(verdicts.PlainFields.IsEmpty ? "  none that is used under a lock\n\n" : "\n");

        void AppendJudgement(string rule, string silence, bool? isWarning, string? reason) => text.Append("    ").Append(rule).Append(": ").Append(isWarning switch
        {
            null => "silent, because " + silence,
            true => "warning, see below",
            false when reason is null => "information, see below",
            false => "information, a person must decide, because " + reason,
        }).Append('\n');
    }

    private static void AppendFindings(StringBuilder text, GuardedStateVerdicts verdicts, ReportPaths paths)
    {
        text.Append("Findings\n");
        foreach (Diagnostic finding in verdicts.Findings)
        {
            text.Append("  ").Append(Place(finding.Location, paths)).Append(' ').Append(finding.Id).Append(' ')
                .Append(TextReport.Label(finding.Severity)).Append(": ").Append(finding.GetMessage(CultureInfo.InvariantCulture)).Append('\n');
        }

        text.Append(verdicts.Findings.IsEmpty ? "  none\n\n" : "\n");
    }

    private static string Place(Location location, ReportPaths paths) =>
        $"{paths.Relative(location.GetLineSpan().Path)}:{location.GetLineSpan().StartLinePosition.Line + 1}";

    private static string Indented(string lines) => string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  {line}\n"));
}
