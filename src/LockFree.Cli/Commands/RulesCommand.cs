using System.CommandLine;
using System.Globalization;
using LockFree.Cli.Reporting;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Commands;

/// <summary><c>lockfree rules</c>: the rules of this version under their checklist items.</summary>
internal static class RulesCommand
{
    public static Command Create(CommandContext context)
    {
        Command command = new("rules", "List the rules by checklist item.");
        command.SetAction(_ =>
        {
            RuleCatalogue catalogue = context.Rules.Value;
            StyledWriter writer = new(context.Output, context.OutputColours);
            foreach (ChecklistItem item in ChecklistItem.Migration.Append(ChecklistItem.Accessors))
            {
                DiagnosticDescriptor[] rules = [.. catalogue.RulesOf(item)];
                writer.WriteLine(item.Heading, TextStyle.Heading);
                foreach (DiagnosticDescriptor rule in rules)
                {
                    string fix = catalogue.FixersOf(rule.Id).IsEmpty ? "" : ", with a fix";
                    writer.Write($"  {rule.Id}  ").Write(rule.Title.ToString(CultureInfo.InvariantCulture)).WriteLine($" ({TextReport.Label(rule.DefaultSeverity)}{fix})", TextStyle.Dim);
                }

                if (rules.Length == 0)
                    writer.WriteLine("  no rule yet", TextStyle.Dim);
            }

            return ExitCode.Clean;
        });
        return command;
    }
}
