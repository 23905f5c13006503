using System.CommandLine;
using LockFree.Cli.Loading;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Commands;

/// <summary><c>lockfree explain LF1001</c>: the page of a rule.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> rule = new("RULE") { Description = "A rule's id, such as LF1001." };
        Command command = new("explain", "Print the page of a rule: what it finds, why, and what its fix does.") { rule };
        command.SetAction((parsed, _) => CommandExecution.GuardAsync(context, () =>
        {
            string id = parsed.GetValue(rule)!;
            string knownId = context.Rules.Value.Find(id)?.Id ?? throw new InputException(RulePages.UnknownRule(id));
            context.Output.Write(RulePages.Find(knownId) ?? throw new InputException($"{knownId} has no page in this version; see {context.Rules.Value.Find(id)!.HelpLinkUri}."));
            return Task.FromResult(ExitCode.Clean);
        }));
        return command;
    }
}
