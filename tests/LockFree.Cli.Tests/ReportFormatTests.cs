using System.Text.Json;

namespace LockFree.Cli.Tests;

public sealed class ReportFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReportFormatTests()
    {
        _folder.Write("my src/Größe.cs", "class A\n{\n    int legacyOne, dubiousOne;\n    int legacyUnfixable;\n}\n");
        _folder.Write("my src/B.cs", "class B { NoSuchType legacyUnbound; }\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_holds_the_checklist_the_findings_and_what_was_not_understood()
    {
        CommandRun run = await CommandRun.InAsync(_folder, "check", "--format", "json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(2, root.GetProperty("scope").GetProperty("files").GetInt32());
        Assert.True(root.GetProperty("complete").GetBoolean());

        JsonElement[] checklist = [.. root.GetProperty("checklist").EnumerateArray()];
        Assert.Equal([1, 2, 3, 4, 5, 6], checklist.Select(item => item.GetProperty("item").GetInt32()));
        Assert.Equal(["notChecked", "notChecked", "notChecked", "open", "open", "notChecked"], checklist.Select(item => item.GetProperty("state").GetString()));
        Assert.Equal(3, checklist[3].GetProperty("sites").GetInt32());
        Assert.Equal(1, checklist[3].GetProperty("withAutomaticFix").GetInt32());

        JsonElement[] findings = [.. root.GetProperty("findings").EnumerateArray()];
        Assert.Equal(4, findings.Length);
        JsonElement unbound = findings.Single(finding => finding.GetProperty("file").GetString() == "my src/B.cs");
        Assert.StartsWith("the type has code the compiler does not understand: my src/B.cs(1,11): CS0246", unbound.GetProperty("noFixBecause").GetString());
        JsonElement first = findings.Single(finding => finding.GetProperty("message").GetString() == "Field 'legacyOne' is legacy");
        Assert.Equal("LF4901", first.GetProperty("rule").GetString());
        Assert.Equal(4, first.GetProperty("item").GetInt32());
        Assert.Equal("warning", first.GetProperty("severity").GetString());
        Assert.Equal("my src/Größe.cs", first.GetProperty("file").GetString());
        Assert.Equal((3, 9, 3, 18), Region(first));
        Assert.Equal("int legacyOne, dubiousOne;", first.GetProperty("excerpt").GetString());
        Assert.Equal("Rename to 'modernOne'", first.GetProperty("fix").GetString());

        Assert.Equal(1, root.GetProperty("notUnderstood").GetProperty("unboundNames").GetInt32());
        Assert.Empty(root.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task Sarif_has_what_the_standard_and_code_scanning_ask_for()
    {
        CommandRun run = await CommandRun.InAsync(_folder, "check", "--format", "sarif");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        Assert.Equal("https://json.schemastore.org/sarif-2.1.0.json", root.GetProperty("$schema").GetString());
        JsonElement sarifRun = Assert.Single(root.GetProperty("runs").EnumerateArray());

        JsonElement driver = sarifRun.GetProperty("tool").GetProperty("driver");
        Assert.Equal("lockfree", driver.GetProperty("name").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", driver.GetProperty("semanticVersion").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(["LF4901", "LF5901"], rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal("A legacy field", rules[0].GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.Equal("Reports legacy fields.", rules[0].GetProperty("fullDescription").GetProperty("text").GetString());
        Assert.Equal("https://example.org/LF4901.md", rules[0].GetProperty("helpUri").GetString());
        Assert.Equal("warning", rules[0].GetProperty("defaultConfiguration").GetProperty("level").GetString());
        Assert.Equal("note", rules[1].GetProperty("defaultConfiguration").GetProperty("level").GetString());
        Assert.False(rules[1].TryGetProperty("helpUri", out _));

        Assert.True(Assert.Single(sarifRun.GetProperty("invocations").EnumerateArray()).GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(new Uri(_folder.Path + "/").AbsoluteUri, sarifRun.GetProperty("originalUriBaseIds").GetProperty("SRCROOT").GetProperty("uri").GetString());

        JsonElement[] results = [.. sarifRun.GetProperty("results").EnumerateArray()];
        Assert.Equal(4, results.Length);
        JsonElement result = results.Single(candidate => candidate.GetProperty("message").GetProperty("text").GetString() == "Field 'legacyOne' is legacy");
        Assert.Equal("LF4901", result.GetProperty("ruleId").GetString());
        Assert.Equal(0, result.GetProperty("ruleIndex").GetInt32());
        Assert.Equal("warning", result.GetProperty("level").GetString());
        JsonElement place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
        Assert.Equal("my%20src/Gr%C3%B6%C3%9Fe.cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("SRCROOT", place.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        Assert.Equal((3, 9, 3, 18), Region(place.GetProperty("region")));
        Assert.Equal(4, results.Select(other => other.GetProperty("partialFingerprints").GetProperty("lockfreeSite/v1").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_fingerprint_does_not_change_when_lines_move()
    {
        string[] before = await FingerprintsAsync();
        string path = _folder["my src/Größe.cs"];
        File.WriteAllText(path, "// one line more\n\n" + File.ReadAllText(path));

        Assert.Equal(before, await FingerprintsAsync());

        async Task<string[]> FingerprintsAsync()
        {
            using JsonDocument document = JsonDocument.Parse((await CommandRun.InAsync(_folder, "check", "--format", "sarif")).Output);
            return [.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(result => result.GetProperty("partialFingerprints").GetProperty("lockfreeSite/v1").GetString()!)];
        }
    }

    [Fact]
    public async Task Sarif_says_when_the_run_was_incomplete()
    {
        _folder.Write("Broken.cs", "class {");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "--format", "sarif");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement invocation = document.RootElement.GetProperty("runs")[0].GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Contains(invocation.GetProperty("toolExecutionNotifications").EnumerateArray(),
            notification => notification.GetProperty("message").GetProperty("text").GetString()!.StartsWith("Broken.cs(1,7)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public async Task A_report_file_holds_what_would_have_been_printed_and_replaces_an_older_one(string format)
    {
        _folder.Write("report.out", "old and much longer than nothing");
        string printed = (await CommandRun.InAsync(_folder, "check", "--format", format)).Output;

        CommandRun run = await CommandRun.InAsync(_folder, "check", "--format", format, "-o", "report.out");

        Assert.Equal("", run.Output);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(printed, _folder.Read("report.out"));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    private static (int, int, int, int) Region(JsonElement element) => (
        element.GetProperty("startLine").GetInt32(), element.GetProperty("startColumn").GetInt32(),
        element.GetProperty("endLine").GetInt32(), element.GetProperty("endColumn").GetInt32());
}
