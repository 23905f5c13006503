namespace LockFree.Cli.Tests;

/// <summary>Whatever is wrong with the input is said in one line that names it and what to do, and the run ends with 2.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("check")]
    [InlineData("fix")]
    public async Task A_path_that_leads_nowhere(string command)
    {
        CommandRun run = await CommandRun.InAsync(_folder, command, "nowhere");

        AssertOneLine(run, $"lockfree: {_folder["nowhere"]}: no such file or folder; give a .sln, .slnx or .csproj file, or a folder of C# sources.");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("fix")]
    public async Task A_folder_without_sources(string command)
    {
        _folder.Write("readme.txt", "nothing here");

        CommandRun run = await CommandRun.InAsync(_folder, command, ".");

        AssertOneLine(run, $"lockfree: {_folder.Path}: no C# source in this folder; give one that holds .cs files, or a .csproj, .sln or .slnx file.");
    }

    [Fact]
    public async Task A_file_that_is_neither_project_nor_solution()
    {
        _folder.Write("A.cs", "class A;");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "A.cs");

        AssertOneLine(run, $"lockfree: {_folder["A.cs"]}: neither a C# project nor a solution; give a .sln, .slnx or .csproj file, or a folder of C# sources.");
    }

    [Theory]
    [InlineData("check --frobnicate", "'--frobnicate' is no option of this command (a path that starts so is written ./--frobnicate); see 'lockfree --help'.")]
    [InlineData("check --fail-on never", "Argument 'never' not recognized.")]
    [InlineData("check --format html", "Argument 'html' not recognized.")]
    [InlineData("chek .", "Unrecognized command or argument")]
    [InlineData("fix --rules LF0000", "'LF0000' is no rule of this version; 'lockfree rules' lists them.")]
    [InlineData("explain LF0000", "'LF0000' is no rule of this version; 'lockfree rules' lists them.")]
    [InlineData("explain", "Required argument missing")]
    public async Task A_mistake_in_the_arguments(string arguments, string message)
    {
        _folder.Write("A.cs", "class A;");

        CommandRun run = await CommandRun.InAsync(_folder, arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith("lockfree: " + message, run.Error);
        Assert.Equal(1, run.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_source_that_does_not_parse_is_named_and_the_rest_is_checked()
    {
        _folder.Write("Broken.cs", "class Broken\n{\n    int legacyBroken\n}\n");
        _folder.Write("A.cs", "class A { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("lockfree: Broken.cs(3,21): CS1002 ; expected; this file is left out, correct it there.\n", run.Error);
        Assert.Contains("1 site, 1 with an automatic fix", run.Output);
        Assert.Contains("A.cs:1:15", run.Output);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_named_and_the_rest_is_checked()
    {
        _folder.Write("A.cs", "class A { int legacyOne; }\n");
        File.CreateSymbolicLink(_folder["Dangling.cs"], _folder["gone.cs"]);

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("lockfree: Dangling.cs: cannot be read (", run.Error);
        Assert.EndsWith("; check its permissions.\n", run.Error);
        Assert.Contains("A.cs:1:15", run.Output);
    }

    [Fact]
    public async Task A_malformed_project_in_a_folder_is_named_and_the_rest_is_checked()
    {
        _folder.Write("bad/bad.csproj", "<Project>\n  <PropertyGroup>\n</Project>");
        _folder.Write("bad/B.cs", "class B { int legacyBad; }\n");
        _folder.Write("good/A.cs", "class A { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("lockfree: bad/bad.csproj(3,3): not a well-formed project file; correct the XML there.\n", run.Error);
        Assert.Contains("good/A.cs:1:15", run.Output);
    }

    [Fact]
    public async Task A_malformed_solution_read_without_build()
    {
        _folder.Write("App.slnx", "<Solution>");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "App.slnx", "--loose");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"lockfree: {_folder["App.slnx"]}: cannot be read as a solution (", run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_report_file_that_cannot_be_written()
    {
        _folder.Write("A.cs", "class A;");

        CommandRun run = await CommandRun.InAsync(_folder, "check", ".", "-o", "no/such/folder/report.txt");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("lockfree: no/such/folder/report.txt: the report cannot be written there (", run.Error);
    }

    private static void AssertOneLine(CommandRun run, string line)
    {
        Assert.Equal(line + "\n", run.Error);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }
}
