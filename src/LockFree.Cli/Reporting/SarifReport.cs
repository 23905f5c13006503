using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LockFree.Cli.Checking;
using LockFree.Cli.Rules;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Reporting;

/// <summary>The report as SARIF 2.1.0, the format that code scanning services and editors read.</summary>
internal sealed class SarifReport(RuleCatalogue catalogue, ReportPaths paths)
{
    private const string BaseId = "SRCROOT";

    public string Compose(CheckResult result) => JsonDocumentWriter.Compose(json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json);
        WriteInvocation(json, result);
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(BaseId);
        json.WriteString("uri", FileUri(paths.BaseFolder) + "/");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteResults(json, result);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", ToolIdentity.Name);
        json.WriteString("semanticVersion", ToolIdentity.Version);
        json.WriteString("informationUri", ToolIdentity.InformationUri);
        json.WriteStartArray("rules");
        foreach (DiagnosticDescriptor rule in catalogue.Rules)
        {
            string title = rule.Title.ToString(CultureInfo.InvariantCulture);
            string description = rule.Description.ToString(CultureInfo.InvariantCulture);
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText(json, "shortDescription", title);
            WriteText(json, "fullDescription", description.Length > 0 ? description : title);
            json.WriteOptional("helpUri", rule.HelpLinkUri is { Length: > 0 } help ? help : null);
            json.WriteStartObject("defaultConfiguration");
            json.WriteBoolean("enabled", rule.IsEnabledByDefault);
            json.WriteString("level", Level(rule.DefaultSeverity));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("category", rule.Category);
            if (ChecklistItem.Of(rule.Id) is { Number: not null } item)
                json.WriteString("checklistItem", item.Heading);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteInvocation(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", result.IsComplete);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (string problem in result.Problems.Select(paths.InMessage).Concat(result.Failures.Select(failure => $"{failure.Component} failed: {failure.Reason}")))
            WriteNotification(json, "error", problem);
        foreach (string gap in GapNotes.Of(result.Gaps, paths))
            WriteNotification(json, "note", gap);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, string level, string message)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteText(json, "message", message);
        json.WriteEndObject();
    }

    private void WriteResults(Utf8JsonWriter json, CheckResult result)
    {
        Dictionary<string, int> occurrences = new(StringComparer.Ordinal);
        json.WriteStartArray("results");
        foreach (Finding finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("ruleId", finding.Rule.Id);
            json.WriteNumber("ruleIndex", catalogue.Rules.IndexOf(finding.Rule));
            json.WriteString("level", Level(finding.Severity));
            WriteText(json, "message", finding.Message);
            json.WriteStartArray("locations");
            if (finding.Path is { } path)
                WriteLocation(json, finding, path);
            json.WriteEndArray();
            json.WriteStartObject("partialFingerprints");
            json.WriteString("lockfreeSite/v1", Fingerprint(finding, occurrences));
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("project", finding.Project);
            json.WriteOptional("automaticFix", finding.Fix.IsAvailable ? finding.Fix.Title : null);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLocation(Utf8JsonWriter json, Finding finding, string path)
    {
        string relative = paths.Relative(path);
        bool isUnderBase = relative != path;
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", isUnderBase ? Escaped(relative) : FileUri(path));
        json.WriteOptional("uriBaseId", isUnderBase ? BaseId : null);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", finding.Span.Start.Line + 1);
        json.WriteNumber("startColumn", finding.Span.Start.Character + 1);
        json.WriteNumber("endLine", finding.Span.End.Line + 1);
        json.WriteNumber("endColumn", finding.Span.End.Character + 1);
        json.WriteEndObject();
        if (finding.Span.Start.Line == finding.Span.End.Line)
        {
            json.WriteStartObject("contextRegion");
            json.WriteNumber("startLine", finding.Span.Start.Line + 1);
            WriteText(json, "snippet", finding.Excerpt);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Independent of line numbers, so that a service recognises a finding that only moved.
    private string Fingerprint(Finding finding, Dictionary<string, int> occurrences)
    {
        string site = $"{finding.Rule.Id}\n{(finding.Path is { } path ? paths.Relative(path) : finding.Project)}\n{finding.Message}\n{finding.Excerpt}";
        int occurrence = occurrences[site] = occurrences.GetValueOrDefault(site) + 1;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{site}\n{occurrence}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static void WriteText(Utf8JsonWriter json, string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Escaped(string relative) => string.Join('/', relative.Split('/').Select(Uri.EscapeDataString));

    private static string FileUri(string path) => new Uri(path).AbsoluteUri;

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "note",
        _ => "none",
    };
}
