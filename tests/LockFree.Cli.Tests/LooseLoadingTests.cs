namespace LockFree.Cli.Tests;

/// <summary>What a folder is compiled with when nobody restored or built it. Every test binds a name that only the right setting makes bind.</summary>
public sealed class LooseLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_web_project_sees_aspnetcore_and_its_implicit_usings()
    {
        _folder.Write("web.csproj", Project("Microsoft.NET.Sdk.Web", "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>"));
        _folder.Write("Program.cs", "var app = WebApplication.Create(args);\napp.MapGet(\"/\", (HttpContext context) => new List<int>());\napp.Run();\n");

        await AssertBindsAsync();
    }

    [Fact]
    public async Task Without_implicit_usings_nothing_is_imported()
    {
        _folder.Write("lib.csproj", Project("Microsoft.NET.Sdk", ""));
        _folder.Write("A.cs", "class A { List<int> items; }\n");

        Assert.Contains("1 name could not be bound.", (await CommandRun.InAsync(_folder, "check")).Output);
    }

    [Fact]
    public async Task Constants_of_project_and_framework_choose_the_code()
    {
        _folder.Write("lib.csproj", Project("Microsoft.NET.Sdk",
            "<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks><DefineConstants>$(DefineConstants);OWN</DefineConstants>"));
        _folder.Write("A.cs", """
            #if OWN && NET10_0 && NET8_0_OR_GREATER && DEBUG && !NETSTANDARD
            class A { int legacyChosen; }
            #else
            class A { int legacyOther; }
            #endif
            """);

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Contains("Field 'legacyChosen' is legacy", run.Output);
        Assert.DoesNotContain("legacyOther", run.Output);
    }

    [Fact]
    public async Task Settings_come_from_the_files_above_and_from_imports()
    {
        _folder.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <Import Project="$(MSBuildThisFileDirectory)build/*.none" Condition="false" />
              <Import Project="$(MSBuildThisFileDirectory)build/More.props" Condition="Exists('$(MSBuildThisFileDirectory)build/More.props')" />
            </Project>
            """);
        _folder.Write("build/More.props", """<Project><ItemGroup><Using Include="System.Collections.Concurrent" /></ItemGroup></Project>""");
        _folder.Write("src/lib/lib.csproj", Project("Microsoft.NET.Sdk", "<TargetFramework>net10.0</TargetFramework>"));
        _folder.Write("src/lib/A.cs", "class A { ConcurrentBag<int> bag = new(); List<int> items = new(); }\n");

        await AssertBindsAsync();
    }

    [Theory]
    [InlineData("<Import Project=\"$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))\" />")]
    [InlineData("<Import Project=\"..\\Directory.Build.props\" />")]
    [InlineData("<PropertyGroup><Above>$([System.IO.Path]::Combine('..', '$(_DirectoryBuildPropsFile)'))</Above></PropertyGroup><Import Project=\"$(Above)\" Condition=\"Exists('$(Above)')\" />")]
    public async Task Settings_come_from_two_files_where_the_nearer_imports_the_other(string import)
    {
        _folder.Write("Directory.Build.props", "<Project><PropertyGroup><LangVersion>latest</LangVersion></PropertyGroup></Project>");
        _folder.Write("src/Directory.Build.props", $"<Project>{import}</Project>");
        _folder.Write("src/lib/lib.csproj", Project("Microsoft.NET.Sdk", "<TargetFramework>netstandard2.0</TargetFramework>"));
        _folder.Write("src/lib/A.cs", "namespace A;\n\ninternal readonly record struct B;\n"); // no C# 7.3

        await AssertBindsAsync();
    }

    [Fact]
    public async Task A_project_sees_those_it_refers_to_and_their_friends()
    {
        _folder.Write("low/low.csproj", Project("Microsoft.NET.Sdk", "", """<InternalsVisibleTo Include="High" />"""));
        _folder.Write("low/Low.cs", "public class Low { internal int Secret; }\n");
        _folder.Write("middle/middle.csproj", Project("Microsoft.NET.Sdk", "", """<ProjectReference Include="..\low\low.csproj" />"""));
        _folder.Write("middle/Middle.cs", "public class Middle : Low;\n");
        _folder.Write("high/high.csproj", Project("Microsoft.NET.Sdk", "<AssemblyName>High</AssemblyName>", """<ProjectReference Include="..\middle\middle.csproj" />"""));
        _folder.Write("high/High.cs", "class High : Middle { int Get() => new Low().Secret; }\n");

        await AssertBindsAsync();
    }

    [Fact]
    public async Task A_project_outside_the_folder_is_compiled_but_not_reported()
    {
        _folder.Write("outside/outside.csproj", Project("Microsoft.NET.Sdk", ""));
        _folder.Write("outside/Outside.cs", "public class Outside { public int legacyOutside; }\n");
        _folder.Write("app/app.csproj", Project("Microsoft.NET.Sdk", "", """<ProjectReference Include="../outside/outside.csproj" />"""));
        _folder.Write("app/App.cs", "class App : Outside { int legacyInside; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "app");

        Assert.Contains("1 project, 1 file", run.Output);
        Assert.Contains("1 site, 1 with", run.Output);
        Assert.DoesNotContain("could not understand", run.Output);
    }

    [Fact]
    public async Task A_nested_project_folder_keeps_its_sources_to_itself()
    {
        _folder.Write("outer.csproj", Project("Microsoft.NET.Sdk", ""));
        _folder.Write("Same.cs", "class Same { int legacyOuter; }\n");
        _folder.Write("inner/inner.csproj", Project("Microsoft.NET.Sdk", ""));
        _folder.Write("inner/Same.cs", "class Same { int legacyInner; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Contains("2 projects, 2 files", run.Output);
        Assert.Contains("2 sites, 2 with", run.Output);
    }

    [Fact]
    public async Task Removed_sources_are_not_compiled()
    {
        _folder.Write("lib.csproj", Project("Microsoft.NET.Sdk", "", """<Compile Remove="Old/**" /><Compile Remove="Gone.cs" />"""));
        _folder.Write("A.cs", "class A { int legacyOne; }\n");
        _folder.Write("Old/deep/B.cs", "class B { int legacyOld; }\n");
        _folder.Write("Gone.cs", "class C { int legacyGone; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Contains("1 project, 1 file", run.Output);
        Assert.Contains("1 site, 1 with", run.Output);
    }

    [Fact]
    public async Task A_project_of_the_old_format_compiles_what_it_lists()
    {
        _folder.Write("old.csproj", """
            <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
              <PropertyGroup><TargetFrameworkVersion>v4.8</TargetFrameworkVersion></PropertyGroup>
              <ItemGroup><Compile Include="Listed.cs" /></ItemGroup>
            </Project>
            """);
        _folder.Write("Listed.cs", "#if NET48 && NETFRAMEWORK\nclass Listed { int legacyListed; }\n#endif\n");
        _folder.Write("Unlisted.cs", "class Unlisted { int legacyUnlisted; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check");

        Assert.Contains("legacyListed", run.Output);
        Assert.DoesNotContain("legacyUnlisted", run.Output);
    }

    [Fact]
    public async Task A_restored_package_is_found_through_the_assets_file()
    {
        string package = typeof(Xunit.Assert).Assembly.Location;
        _folder.Write("cache/some.package/1.0.0/lib/net6.0/" + Path.GetFileName(package), File.ReadAllBytes(package));
        _folder.Write("app/app.csproj", Project("Microsoft.NET.Sdk", "<TargetFramework>net10.0</TargetFramework>", """<PackageReference Include="Some.Package" Version="1.0.0" />"""));
        _folder.Write("app/obj/project.assets.json", $$"""
            {
              "version": 3,
              "targets": { "net10.0": { "Some.Package/1.0.0": { "type": "package", "compile": { "lib/net6.0/{{Path.GetFileName(package)}}": {} } } } },
              "libraries": { "Some.Package/1.0.0": { "path": "some.package/1.0.0" } },
              "packageFolders": { "{{_folder["cache"]}}/": {} }
            }
            """);
        _folder.Write("app/A.cs", "class A { void Test() => Xunit.Assert.True(true); }\n");

        await AssertBindsAsync("app");
    }

    [Fact]
    public async Task A_solution_read_loosely_checks_its_projects_only()
    {
        _folder.Write("App.slnx", """<Solution><Project Path="one/one.csproj" /></Solution>""");
        _folder.Write("one/one.csproj", Project("Microsoft.NET.Sdk", ""));
        _folder.Write("one/A.cs", "class A { int legacyListed; }\n");
        _folder.Write("two/two.csproj", Project("Microsoft.NET.Sdk", ""));
        _folder.Write("two/B.cs", "class B { int legacyUnlisted; }\n");

        CommandRun run = await CommandRun.InAsync(_folder, "check", "App.slnx", "--loose");

        Assert.Contains("1 project, 1 file", run.Output);
        Assert.Contains("legacyListed", run.Output);
    }

    private async Task AssertBindsAsync(string path = ".")
    {
        CommandRun run = await CommandRun.InAsync(_folder, "check", path);
        Assert.DoesNotContain("could not", run.Output);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    private static string Project(string sdk, string properties, string items = "") =>
        $"""<Project Sdk="{sdk}"><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup></Project>""";
}
