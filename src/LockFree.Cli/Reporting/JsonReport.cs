using System.Text.Json;
using LockFree.Cli.Checking;
using LockFree.Cli.Rules;

namespace LockFree.Cli.Reporting;

/// <summary>The report for scripts. Its properties are only ever added to; <c>schemaVersion</c> changes if one has to go.</summary>
internal sealed class JsonReport(RuleCatalogue catalogue, ReportPaths paths)
{
    private const int SchemaVersion = 1;

    public string Compose(CheckResult result) => JsonDocumentWriter.Compose(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteStartObject("tool");
        json.WriteString("name", ToolIdentity.Name);
        json.WriteString("version", ToolIdentity.Version);
        json.WriteEndObject();
        json.WriteString("baseFolder", paths.BaseFolder);
        json.WriteStartObject("scope");
        json.WriteNumber("projects", result.Projects);
        json.WriteNumber("files", result.Files);
        json.WriteNumber("lines", result.Lines);
        json.WriteEndObject();
        json.WriteBoolean("complete", result.IsComplete);
        WriteChecklist(json, result);
        WriteFindings(json, result);
        WriteGaps(json, result.Gaps);
        WriteProblems(json, result);
        json.WriteEndObject();
    });

    private void WriteChecklist(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartArray("checklist");
        foreach (ChecklistState state in ChecklistState.Of(catalogue, result))
            WriteState(json, state);
        json.WriteEndArray();
        json.WritePropertyName("clientAccessors");
        WriteState(json, ChecklistState.OfAccessors(catalogue, result));
    }

    private static void WriteState(Utf8JsonWriter json, ChecklistState state)
    {
        json.WriteStartObject();
        if (state.Item.Number is { } number)
            json.WriteNumber("item", number);
        json.WriteString("name", state.Item.Name);
        json.WriteString("goal", state.Item.Goal);
        json.WriteString("state", !state.IsChecked ? "notChecked" : state.Sites == 0 ? "clean" : "open");
        json.WriteNumber("sites", state.Sites);
        json.WriteNumber("withAutomaticFix", state.Fixable);
        json.WriteStartArray("rules");
        foreach (string rule in state.Rules)
            json.WriteStringValue(rule);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteFindings(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule.Id);
            if (finding.Item?.Number is { } item)
                json.WriteNumber("item", item);
            json.WriteString("severity", TextReport.Label(finding.Severity));
            json.WriteString("message", finding.Message);
            json.WriteString("project", finding.Project);
            if (finding.Path is { } path)
            {
                json.WriteString("file", paths.Relative(path));
                json.WriteNumber("startLine", finding.Span.Start.Line + 1);
                json.WriteNumber("startColumn", finding.Span.Start.Character + 1);
                json.WriteNumber("endLine", finding.Span.End.Line + 1);
                json.WriteNumber("endColumn", finding.Span.End.Character + 1);
                json.WriteString("excerpt", finding.Excerpt);
            }

            json.WriteOptional("fix", finding.Fix.IsAvailable ? finding.Fix.Title : null);
            json.WriteOptional("noFixBecause", finding.Fix.Refusal is { } refusal ? paths.InMessage(refusal) : null);
            json.WriteOptional("help", finding.Rule.HelpLinkUri is { Length: > 0 } help ? help : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteGaps(Utf8JsonWriter json, BindingGaps gaps)
    {
        json.WriteStartObject("notUnderstood");
        json.WriteNumber("unboundNames", gaps.UnboundNames);
        json.WriteNumber("otherCompilerErrors", gaps.OtherErrors);
        json.WriteNumber("files", gaps.Files);
        json.WriteOptional("firstError", gaps.FirstError is { } first ? paths.InMessage(first) : null);
        json.WriteStartArray("missingReferences");
        foreach (string reference in gaps.MissingReferences)
            json.WriteStringValue(reference);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteProblems(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartArray("problems");
        foreach (string problem in result.Problems)
            json.WriteStringValue(paths.InMessage(problem));
        json.WriteEndArray();
        json.WriteStartArray("internalErrors");
        foreach (ToolFailure failure in result.Failures)
        {
            json.WriteStartObject();
            json.WriteString("component", failure.Component);
            json.WriteString("place", paths.InMessage(failure.Place));
            json.WriteString("reason", failure.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
