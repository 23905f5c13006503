namespace LockFree.Cli.Tests;

/// <summary>Projects and solutions as MSBuild sees them, restored by the SDK; the one package needed is .NET Standard, which this repository builds with.</summary>
public sealed class MSBuildLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_project_that_was_not_restored_is_named_with_the_remedy()
    {
        _folder.Write("app/app.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        _folder.Write("app/A.cs", "class A { int legacyOne; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "app/app.csproj");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"lockfree: {_folder["app/app.csproj"]}: is not restored; run 'dotnet restore', or use --loose.\n", run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_malformed_project_is_named()
    {
        _folder.Write("app.csproj", "<Project");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "app.csproj");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"lockfree: {_folder["app.csproj"]}: MSBuild cannot read it: The project file could not be loaded.", run.Error);
        Assert.EndsWith("; correct the project.\n", run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_warning_of_the_build_is_passed_on_and_fails_nothing()
    {
        _folder.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Target Name="Remark" BeforeTargets="ResolveAssemblyReferences"><Warning Text="This is odd." /></Target>
            </Project>
            """);
        _folder.Write("app/A.cs", "class A { }\n");
        await _folder.RestoreAsync("app/app.csproj");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "app/app.csproj");

        Assert.Equal("lockfree: warning: app/app.csproj: MSBuild says: This is odd.\n", run.Error);
        Assert.Contains("1 project, 1 file", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_solution_is_checked_and_fixed_once_for_all_its_targets()
    {
        _folder.Write("App.slnx", """<Solution><Project Path="low/low.csproj" /><Project Path="high/high.csproj" /></Solution>""");
        _folder.Write("low/low.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks></PropertyGroup>
              <ItemGroup><InternalsVisibleTo Include="high" /></ItemGroup>
            </Project>
            """);
        _folder.Write("low/Low.cs", "public class Low\n{\n    int legacyEverywhere;\n#if NET10_0\n    int legacyInOne;\n#endif\n    internal int Secret;\n}\n");
        _folder.Write("high/high.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><ProjectReference Include="../low/low.csproj" /></ItemGroup>
            </Project>
            """);
        _folder.Write("high/High.cs", "partial class High\n{\n    List<int> legacyItems = new();\n    int Get() => new Low().Secret;\n    [System.Text.RegularExpressions.GeneratedRegex(\"a\")] private static partial System.Text.RegularExpressions.Regex A();\n}\n");
        await _folder.RestoreAsync("App.slnx");

        CommandRun check = await CommandRun.InAsync(_folder, "check", "App.slnx");

        Assert.Equal("", check.Error);
        Assert.Contains("3 projects, 2 files", check.Output);
        Assert.Contains("3 sites, 2 with an automatic fix", check.Output);
        Assert.Contains("the file is compiled several times, and not each time with this finding", check.Output);
        Assert.DoesNotContain("could not", check.Output);

        CommandRun fix = await CommandRun.InAsync(_folder, "fix", "App.slnx");

        Assert.Equal("", fix.Error);
        Assert.Contains("Fixed 2 sites in 2 files.", fix.Output);
        Assert.Equal("public class Low\n{\n    int modernEverywhere;\n#if NET10_0\n    int legacyInOne;\n#endif\n    internal int Secret;\n}\n", _folder.Read("low/Low.cs"));
        Assert.Contains("modernItems", _folder.Read("high/High.cs"));

        CommandRun alone = await CommandRun.InAsync(_folder, "check", "high/high.csproj");

        Assert.Contains("1 project, 1 file", alone.Output);
        Assert.Contains("4. Use a CancellationToken for graceful shutdown: clean", alone.Output);
        Assert.Equal(0, alone.ExitCode);
    }
}
