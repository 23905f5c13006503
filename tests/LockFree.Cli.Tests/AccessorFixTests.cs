using System.Text.Json;
using LockFree.Cli.Rules;
using LockFree.Testing;

namespace LockFree.Cli.Tests;

/// <summary>
/// Accessors classes that cannot be generated as they are, so that the compiler misses half of them: what the findings explain keeps no fix from being
/// applied.
/// </summary>
public sealed class AccessorFixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("LF9001")]
    [InlineData("LF9002")]
    [InlineData("LF9005")]
    [InlineData("LF9012")]
    public async Task Fix_makes_of_a_pages_example_before_the_one_after(string id)
    {
        string page = RulePages.Find(id)!;
        WriteProject();
        await _folder.RestoreAsync("app.csproj");
        _folder.Write("Example.cs", AccessorsExample.In(page, "Before"));

        CommandRun fix = await CommandRun.ShippedInAsync(_folder.Path, "fix", "app.csproj", "--rules", id);

        Assert.Equal("", fix.Error);
        Assert.Equal(AccessorsExample.In(page, "After"), _folder.Read("Example.cs"));
        Assert.DoesNotContain("Not fixed", fix.Output);
    }

    [Theory]
    [InlineData("LF9001")]
    [InlineData("LF9002")]
    [InlineData("LF9004")]
    [InlineData("LF9005")]
    [InlineData("LF9008")]
    [InlineData("LF9009")]
    public async Task What_a_finding_explains_is_not_said_to_be_beyond_understanding(string id)
    {
        WriteProject();
        _folder.Write("Example.cs", AccessorsExample.In(RulePages.Find(id)!, "Before"));

        CommandRun check = await CommandRun.ShippedInAsync(_folder.Path, "check");

        Assert.Contains(id, check.Output);
        Assert.DoesNotContain("could not understand", check.Output);
    }

    [Fact]
    public async Task Findings_on_accessors_stand_beside_the_six_items()
    {
        WriteProject();
        _folder.Write("Example.cs", AccessorsExample.In(RulePages.Find("LF9002")!, "Before"));

        CommandRun text = await CommandRun.ShippedInAsync(_folder.Path, "check");
        Assert.Contains("\n  [x] 6. Downcast each client exactly once: clean (", text.Output);
        Assert.Contains(")\n  [ ] Client accessors: 2 sites, 2 with an automatic fix\n\nClient accessors\n\n  Example.cs:", text.Output);
        Assert.DoesNotContain("9.", text.Output);

        using JsonDocument json = JsonDocument.Parse((await CommandRun.ShippedInAsync(_folder.Path, "check", "--format", "json")).Output);
        Assert.Equal([1, 2, 3, 4, 5, 6], json.RootElement.GetProperty("checklist").EnumerateArray().Select(item => item.GetProperty("item").GetInt32()));
        Assert.Equal(2, json.RootElement.GetProperty("clientAccessors").GetProperty("sites").GetInt32());
        Assert.All(json.RootElement.GetProperty("findings").EnumerateArray(), finding => Assert.False(finding.TryGetProperty("item", out _)));

        Assert.DoesNotContain("\"9.", (await CommandRun.ShippedInAsync(_folder.Path, "check", "--format", "sarif")).Output);
    }

    [Fact]
    public async Task Everything_that_is_missing_in_one_class_is_put_right_in_one_run()
    {
        WriteProject();
        _folder.Write("Clients.cs", """
            using LockFree;

            public interface IOrders;

            [ClientAccessors]
            public sealed class Clients
            {
                private readonly string _region;

                public Clients(ClientHub hub, string region)
                {
                    _region = region;
                }

                [Client("orders")]
                public IOrders GetOrders();

                [Client("lazy", Initializer = "ConnectAsync")]
                public partial ValueTask<IOrders> LazyAsync(CancellationToken cancellationToken);

                public string Describe() => $"{_region}: {GetOrders()}";
            }

            """);

        CommandRun fix = await CommandRun.ShippedInAsync(_folder.Path, "fix");

        Assert.Equal("", fix.Error);
        Assert.Equal("""
            using LockFree;

            public interface IOrders;

            [ClientAccessors]
            public sealed partial class Clients
            {
                private readonly string _region;

                public Clients(ClientHub hub, string region) : this(hub)
                {
                    _region = region;
                }

                [Client("orders")]
                public partial IOrders GetOrders();

                [Client("lazy", Initializer = "ConnectAsync")]
                public partial ValueTask<IOrders> LazyAsync(CancellationToken cancellationToken);

                public string Describe() => $"{_region}: {GetOrders()}";

                private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken)
                {
                    throw new NotImplementedException();
                }
            }

            """, _folder.Read("Clients.cs"));
        Assert.Contains("Fixed 4 sites in 1 file.", fix.Output);
    }

    [Theory]
    [InlineData("public partial void Missing();")]
    [InlineData("private NoSuchType _none;")]
    public async Task What_no_finding_explains_still_keeps_its_type_from_being_fixed(string member)
    {
        WriteProject();
        string source = $$"""
            using LockFree;
            public interface IOrders;
            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders")] public IOrders GetOrders();
                {{member}}
            }
            """;
        _folder.Write("Clients.cs", source);

        CommandRun fix = await CommandRun.ShippedInAsync(_folder.Path, "fix");

        Assert.Equal(source, _folder.Read("Clients.cs"));
        Assert.Contains("the type has code the compiler does not understand", fix.Output);
    }

    [Fact]
    public async Task A_finding_on_a_class_explains_no_more_than_its_clients()
    {
        WriteProject();
        _folder.Write("Clients.cs", """
            using LockFree;
            public interface IOrders;
            [ClientAccessors]
            public partial class Clients(int number)
            {
                [Client("orders")] public partial IOrders GetOrders();
                public int Number => number;
                public partial void Missing();
            }
            """);

        CommandRun fix = await CommandRun.ShippedInAsync(_folder.Path, "fix");

        Assert.Contains("LF9008", fix.Output);
        Assert.Contains("1 other compiler error.", fix.Output);
        Assert.Contains("'Clients.Missing()'", fix.Output);
    }

    private void WriteProject() => _folder.Write("app.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
          <ItemGroup><Reference Include="LockFree.Runtime"><HintPath>{typeof(ClientHub).Assembly.Location}</HintPath></Reference></ItemGroup>
        </Project>
        """);
}
