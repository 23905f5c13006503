using System.Reflection;

namespace LockFree.Cli.Tests;

/// <summary>The real rules, fixers and generator, hosted.</summary>
public sealed class ShippedRulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_legacy_sample_is_checked_without_restore()
    {
        // Checked from the root of the repository, as its README says to.
        CommandRun run = await CommandRun.ShippedInAsync(RepositoryRoot, "check", "samples/LegacyGateway", "--fail-on", "none");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("LF1001", run.Output);
        Assert.Contains("LF6001", run.Output);
        Assert.DoesNotContain("could not understand", run.Output);
    }

    [Theory]
    [InlineData("net35", false)]
    [InlineData("net40", true)]
    public async Task No_concurrent_map_is_advised_to_a_framework_that_has_none(string framework, bool isAdvised)
    {
        _folder.Write("old.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>{framework}</TargetFramework></PropertyGroup></Project>""");
        _folder.Write("Registry.cs", """
            using System.Collections.Generic;

            public sealed class Registry
            {
                private readonly object _gate = new object();
                private readonly Dictionary<string, int> _routes = new Dictionary<string, int>();

                public void Add(string key, int value)
                {
                    lock (_gate) { _routes[key] = value; }
                }

                public bool TryGet(string key, out int value)
                {
                    lock (_gate) { return _routes.TryGetValue(key, out value); }
                }
            }

            """);

        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "check", "--fail-on", "none");

        Assert.Equal("", run.Error);
        Assert.DoesNotContain("could not", run.Output);
        Assert.Equal(isAdvised, run.Output.Contains("make it a ConcurrentDictionary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dictionary_under_a_lock_is_fixed_and_stays_fixed()
    {
        _folder.Write("Registry.cs", """
            public sealed class Registry
            {
                private readonly object _gate = new();
                private readonly Dictionary<string, int> _routes = new();

                public void Add(string key, int value)
                {
                    lock (_gate) { _routes[key] = value; }
                }

                public bool TryGet(string key, out int value)
                {
                    lock (_gate) { return _routes.TryGetValue(key, out value); }
                }
            }

            """);

        CommandRun fix = await CommandRun.ShippedInAsync(_folder.Path, "fix");

        Assert.Equal("", fix.Error);
        Assert.Equal(0, fix.ExitCode);
        Assert.StartsWith("Fixed 1 site in 1 file.", fix.Output);
        Assert.Contains("ConcurrentDictionary<string, int> _routes", _folder.Read("Registry.cs"));
        Assert.DoesNotContain("lock", _folder.Read("Registry.cs"));

        CommandRun again = await CommandRun.ShippedInAsync(_folder.Path, "check");
        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("could not understand", again.Output);
    }

    [Fact]
    public async Task Members_of_accessor_classes_bind_though_nothing_was_built()
    {
        string runtime = Path.Combine(RepositoryRoot, "src", "LockFree.Runtime", "LockFree.Runtime.csproj");
        _folder.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><ProjectReference Include="{runtime}" /></ItemGroup>
            </Project>
            """);
        _folder.Write("app/Clients.cs", """
            using LockFree;
            public interface IOrders { void Place(); }
            [ClientAccessors]
            public sealed partial class AppClients
            {
                [Client("orders")] public partial IOrders Orders { get; }
            }
            public sealed class Handler(AppClients clients)
            {
                public void Handle() => clients.Orders.Place();
                public static AppClients Create(ClientHub hub) => new(hub);
            }
            """);

        CommandRun run = await CommandRun.ShippedInAsync(_folder.Path, "check", "app", "--fail-on", "none");

        Assert.Equal("", run.Error);
        Assert.DoesNotContain("could not understand", run.Output);
    }

    private static string RepositoryRoot { get; } = typeof(ShippedRulesTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RepositoryRoot").Value!;
}
