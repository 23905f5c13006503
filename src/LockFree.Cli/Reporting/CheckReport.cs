using LockFree.Cli.Checking;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Reporting;

/// <summary>Writes a check's result in the format that was asked for.</summary>
internal static class CheckReport
{
    public static void Write(string format, RuleCatalogue rules, ReportPaths paths, CheckResult result, TextWriter writer, bool colours)
    {
        switch (format)
        {
            case "json":
                writer.Write(new JsonReport(rules, paths).Compose(result));
                break;
            case "sarif":
                writer.Write(new SarifReport(rules, paths).Compose(result));
                break;
            default:
                new TextReport(rules, paths, new StyledWriter(writer, colours)).Write(result);
                break;
        }
    }
}
