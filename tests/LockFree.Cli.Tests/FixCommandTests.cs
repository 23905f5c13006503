using System.Diagnostics;
using System.Text;

namespace LockFree.Cli.Tests;

public sealed class FixCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fixes_are_applied_until_none_is_left()
    {
        _folder.Write("A.cs", "class A\n{\n    int legacyOne;\n    int legacyTwo;\n    int Sum => legacyOne + legacyTwo;\n}\n");
        _folder.Write("B.cs", "class B { int legacyThree; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("class A\n{\n    int modernOne;\n    int modernTwo;\n    int Sum => modernOne + modernTwo;\n}\n", _folder.Read("A.cs"));
        Assert.Equal("class B { int modernThree; }\n", _folder.Read("B.cs"));
        Assert.StartsWith("Fixed 3 sites in 2 files.\n", run.Output);
        Assert.Contains("  A.cs:4  LF4901  Rename to 'modernTwo'\n", run.Output);
        Assert.DoesNotContain("Not fixed", run.Output);
    }

    [Fact]
    public async Task Fixing_again_changes_nothing()
    {
        _folder.Write("A.cs", "class A { int legacyOne; }\n");
        await CommandRun.InAsync(_folder, "fix");
        DateTime written = File.GetLastWriteTimeUtc(_folder["A.cs"]);

        CommandRun again = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(0, again.ExitCode);
        Assert.Equal("Nothing to fix automatically.\n", again.Output);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder["A.cs"]));
    }

    [Fact]
    public async Task What_is_not_fixed_is_listed_with_the_reason_and_fails_the_run()
    {
        _folder.Write("A.cs", "class A { int legacyUnfixable; }\nclass B { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("\nNot fixed: 1 site, none with an automatic fix.\n  A.cs:1  LF4901  Field 'legacyUnfixable' is legacy\n", run.Output);
        Assert.Equal("class A { int legacyUnfixable; }\nclass B { int modernOne; }\n", _folder.Read("A.cs"));
    }

    [Fact]
    public async Task What_is_fixed_is_listed_in_the_line_it_was_in_and_what_stays_in_the_line_it_is_in()
    {
        _folder.Write("A.cs", "class A\n{\n    int legacyAddingOne;\n    int legacyTwo;\n    int legacyUnfixable;\n}\n");

        CommandRun dry = await CommandRun.InAsync(_folder, "fix", "--dry-run");
        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        const string Fixed = "  A.cs:3  LF4901  Rename to 'modernAddingOne'\n  A.cs:4  LF4901  Rename to 'modernTwo'\n\nNot fixed: 1 site, none with an automatic fix.\n";
        Assert.EndsWith(Fixed + "  A.cs:5  LF4901  Field 'legacyUnfixable' is legacy\n", dry.Error);
        Assert.EndsWith(Fixed + "  A.cs:6  LF4901  Field 'legacyUnfixable' is legacy\n", run.Output);
        Assert.Equal("    int legacyUnfixable;", _folder.Read("A.cs").Split('\n')[5]);
    }

    [Fact]
    public async Task Sites_with_a_reason_are_told_from_those_without_a_fix()
    {
        _folder.Write("A.cs", "class A { int legacyBreaking; int Get() => legacyBreaking; }\nclass B { int legacyUnfixable; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Contains("\nNot fixed: 2 sites, 1 without an automatic fix.\n  A.cs:1  LF4901  Field 'legacyBreaking' is legacy\n    the fix would bring the compiler error", run.Output);
        Assert.EndsWith("\n  A.cs:2  LF4901  Field 'legacyUnfixable' is legacy\n", run.Output);
    }

    [Fact]
    public async Task What_could_not_be_understood_is_said_as_by_a_check()
    {
        _folder.Write("A.cs", "class A { Missing unknown; }\nclass B { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.StartsWith("Fixed 1 site in 1 file.\n", run.Output);
        Assert.Contains("\n\nWhat the compiler could not understand was not judged:\n  1 name could not be bound.\n", run.Output);
    }

    [Fact]
    public async Task A_fix_that_brings_a_compiler_error_is_left_out_and_the_others_stay()
    {
        _folder.Write("A.cs", "class A { int legacyBreaking; int Get() => legacyBreaking; }\n");
        _folder.Write("B.cs", "class B { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("class A { int legacyBreaking; int Get() => legacyBreaking; }\n", _folder.Read("A.cs"));
        Assert.Equal("class B { int modernOne; }\n", _folder.Read("B.cs"));
        Assert.Contains("the fix would bring the compiler error CS0103 The name 'legacyBreaking' does not exist", run.Output);
    }

    [Theory]
    [InlineData("true", "legacyOne")]
    [InlineData("false", "modernOne")]
    public async Task A_new_warning_stops_a_fix_where_the_project_treats_warnings_as_errors(string treatAsErrors, string name)
    {
        _folder.Write("a.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TreatWarningsAsErrors>{treatAsErrors}</TreatWarningsAsErrors></PropertyGroup></Project>""");
        _folder.Write("A.cs", "class Base { protected int modernOne = 1; }\nclass A : Base { int legacyOne = 1; int Get() => legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("class Base { protected int modernOne = 1; }\nclass A : Base { int legacyOne = 1; int Get() => legacyOne; }\n".Replace("legacyOne", name), _folder.Read("A.cs"));
        Assert.Equal(treatAsErrors == "true", run.Output.Contains("the fix would bring the compiler error CS0108"));
    }

    [Fact]
    public async Task An_error_that_was_there_before_does_not_stop_fixes_of_other_types()
    {
        _folder.Write("A.cs", "class A { NoSuchType x; }\nclass B { int legacyOne; }\n");

        await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("class A { NoSuchType x; }\nclass B { int modernOne; }\n", _folder.Read("A.cs"));
    }

    [Fact]
    public async Task A_fix_that_leaves_its_finding_is_applied_once_and_no_more()
    {
        _folder.Write("A.cs", "// first\nclass A { int legacyStubborn; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("// touched\n// first\nclass A { int legacyStubborn; }\n", _folder.Read("A.cs"));
        Assert.Contains("it is still reported after the fix", run.Output);
    }

    [Fact]
    public async Task A_fix_may_search_a_solution_that_has_the_generator()
    {
        _folder.Write("A.cs", "class A { protected int legacySolutionwide; int Get() => legacySolutionwide; }\nclass B : A { int Get() => legacySolutionwide; }\n");

        CommandRun run = await CommandRun.WithGeneratorInAsync(_folder, "fix");

        Assert.Equal("", run.Error);
        Assert.Equal("class A { protected int modernSolutionwide; int Get() => modernSolutionwide; }\nclass B : A { int Get() => modernSolutionwide; }\n", _folder.Read("A.cs"));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Only_the_named_rules_are_fixed_and_listed()
    {
        _folder.Write("A.cs", "class A { int legacyOne; int dubiousOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix", "--rules", "LF5901");

        Assert.Equal("class A { int legacyOne; int dubiousOne; }\n", _folder.Read("A.cs"));
        Assert.Contains("Not fixed: 1 site, none with an automatic fix.\n  A.cs:1  LF5901", run.Output);
        Assert.Equal(1, run.ExitCode); // the finding of the rule that was left out is still there
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_prints_a_patch_that_applies()
    {
        string before = string.Concat(Enumerable.Range(0, 40).Select(line => line switch
        {
            5 => "    int legacyOne;\r\n",
            30 => "    int legacyTwo;\r\n",
            0 => "class A {\r\n",
            39 => "}",
            _ => $"    // {line}\r\n",
        }));
        _folder.Write("src/A.cs", before);

        CommandRun run = await CommandRun.InAsync(_folder, "fix", "src", "--dry-run");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(before, _folder.Read("src/A.cs"));
        Assert.StartsWith("--- a/src/A.cs\n+++ b/src/A.cs\n@@ -3,7 +3,7 @@\n     // 2\r\n", run.Output);
        Assert.Contains("-    int legacyOne;\r\n+    int modernOne;\r\n", run.Output);
        Assert.Contains("Would fix 2 sites in 1 file.", run.Error);

        _folder.Write("fix.patch", run.Output);
        using Process git = Process.Start(new ProcessStartInfo("git", ["apply", "fix.patch"]) { WorkingDirectory = _folder.Path })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        Assert.Equal(before.Replace("legacy", "modern"), _folder.Read("src/A.cs"));
    }

    [Fact]
    public async Task Line_ends_and_the_missing_last_one_are_kept()
    {
        _folder.Write("A.cs", "class A\r\n{\r\n    public int legacyAdding;\r\n}");

        await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("class A\r\n{\r\n    public int modernAdding;\r\n    public int added;\r\n}", _folder.Read("A.cs"));
    }

    [Fact]
    public async Task Mixed_line_ends_stay_where_they_were()
    {
        _folder.Write("A.cs", "class A\n{\r\n    public int legacyAdding;\r\n\n}\r\n");

        await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("class A\n{\r\n    public int modernAdding;\r\n    public int added;\r\n\n}\r\n", _folder.Read("A.cs"));
    }

    public static TheoryData<string, bool> Encodings => new() { { "utf-8", false }, { "utf-8", true }, { "utf-16", true }, { "utf-16BE", true }, { "iso-8859-1", false } };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task The_encoding_and_its_mark_are_kept(string name, bool mark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] Bytes(string text) => [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        _folder.Write("A.cs", Bytes("// Größe\nclass A { int legacyOne; }\n"));

        await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(Bytes("// Größe\nclass A { int modernOne; }\n"), File.ReadAllBytes(_folder["A.cs"]));
    }

    [Fact]
    public async Task Permissions_and_links_are_kept()
    {
        if (OperatingSystem.IsWindows())
            return;
        string real = _folder.Write("elsewhere/Real.cs", "class A { int legacyOne; }\n");
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(_folder["src"]);
        File.CreateSymbolicLink(_folder["src/A.cs"], real);

        await CommandRun.InAsync(_folder, "fix", "src");

        Assert.Equal("class A { int modernOne; }\n", File.ReadAllText(real));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(real));
        Assert.Equal(real, File.ResolveLinkTarget(_folder["src/A.cs"], returnFinalTarget: true)!.FullName);
        Assert.Equal(["elsewhere/Real.cs", "src/A.cs"], Files());
    }

    [Fact]
    public async Task A_read_only_file_is_named_and_left_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = _folder.Write("A.cs", "class A { int legacyOne; }\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        _folder.Write("B.cs", "class B { int legacyTwo; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("lockfree: A.cs: is read-only; make it writable and run the fix again.\n", run.Error);
        Assert.Equal("class A { int legacyOne; }\n", _folder.Read("A.cs"));
        Assert.Equal("class B { int modernTwo; }\n", _folder.Read("B.cs"));
    }

    [Fact]
    public async Task A_file_of_several_projects_is_fixed_once_if_it_compiles_in_all_of_them()
    {
        const string project = """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><Compile Include="../shared/*.cs" /></ItemGroup></Project>""";
        _folder.Write("one/one.csproj", project);
        _folder.Write("two/two.csproj", project);
        _folder.Write("shared/Good.cs", "partial class Good { public int legacyGood; }\n");
        _folder.Write("shared/Bad.cs", "partial class Bad { public int legacyBad; }\n");
        _folder.Write("two/Uses.cs", "partial class Bad { int Get() => legacyBad; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("partial class Good { public int modernGood; }\n", _folder.Read("shared/Good.cs"));
        Assert.Equal("partial class Bad { public int legacyBad; }\n", _folder.Read("shared/Bad.cs"));
        Assert.Contains("Fixed 1 site in 1 file.", run.Output);
    }

    [Fact]
    public async Task A_project_for_several_frameworks_is_not_fixed_after_a_look_at_one()
    {
        _folder.Write("a/a.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks></PropertyGroup></Project>""");
        _folder.Write("a/A.cs", "class A { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix");

        Assert.Equal("class A { int legacyOne; }\n", _folder.Read("a/A.cs"));
        Assert.Contains("the project targets several frameworks and only one was looked at", run.Output);
    }

    [Fact]
    public async Task A_file_outside_the_given_folder_is_not_changed()
    {
        _folder.Write("a/a.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        _folder.Write("a/Outside.cs", "class Outside { int legacyOutside; }\n");
        _folder.Write("a/inner/Inside.cs", "class Inside : Outside { int legacyInside; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "fix", "a/inner");

        Assert.Equal("class Outside { int legacyOutside; }\n", _folder.Read("a/Outside.cs"));
        Assert.Equal("class Inside : Outside { int modernInside; }\n", _folder.Read("a/inner/Inside.cs"));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task No_temporary_file_is_left_behind()
    {
        _folder.Write("A.cs", "class A { int legacyOne; }\n");

        await CommandRun.InAsync(_folder, "fix");

        Assert.Equal(["A.cs"], Files());
    }

    [Fact]
    public async Task A_stopped_run_changes_nothing()
    {
        _folder.Write("A.cs", "class A { int legacyOne; }\n");
        _folder.Write("B.cs", "class B { int waiting; }\n");
        using CancellationTokenSource stop = new();
        TaskCompletionSource analysing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LegacyFieldAnalyzer.OnWaiting = () => analysing.TrySetResult();

        Task<CommandRun> running = CommandRun.InAsync(_folder, stop.Token, "fix");
        await analysing.Task;
        await stop.CancelAsync();
        CommandRun run = await running;

        Assert.Equal(130, run.ExitCode);
        Assert.Equal("lockfree: stopped.\n", run.Error);
        Assert.Equal("class A { int legacyOne; }\n", _folder.Read("A.cs"));
        Assert.Equal(["A.cs", "B.cs"], Files());
    }

    private string[] Files() => [.. Directory.GetFiles(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(path => Path.GetRelativePath(_folder.Path, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
