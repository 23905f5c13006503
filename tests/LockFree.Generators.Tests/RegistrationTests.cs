using LockFree.Generators.Tests.Accessors;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Generators.Tests;

/// <summary>The method that registers an accessors class with a service collection.</summary>
public sealed class RegistrationTests
{
    private const string Contracts = "#pragma warning disable CS1591\nnamespace Shop { public interface IOrders; }";

    [Theory]
    [InlineData("public partial class GatewayClients { [Client(\"orders\")] public partial IOrders Orders(); }")]
    [InlineData("internal sealed partial class GatewayClients { [Client(\"orders\")] public partial IOrders Orders(); public required int Number { get; init; } }")]
    [InlineData("public partial class GatewayClients(ClientHub hub) { [Client(\"orders\")] public partial IOrders Orders(); }")]
    [InlineData("public partial class GatewayClients(int number, ClientHub hub) { [Client(\"orders\")] public partial IOrders Orders(); public int Number => number; }")]
    [InlineData("public partial record @class(ClientHub @event);")]
    [InlineData("public partial class GatewayClients; static class Own { public static void AddGatewayClients(this int services) { } }")]
    [InlineData("public partial class GatewayClients; static class Own { public static void AddGatewayClients(this Microsoft.Extensions.DependencyInjection.IServiceCollection services, int more) { } }")]
    public void A_class_at_the_top_can_be_registered(string declaration)
    {
        GeneratorRun run = Run(declaration);

        Assert.Contains("ServiceCollectionExtensions", run.Sources.Single().SourceText.ToString(), StringComparison.Ordinal);
        Assert.Empty(run.UnsuppressedDiagnostics);
    }

    [Theory]
    [InlineData("public abstract partial class GatewayClients;")]
    [InlineData("public partial class GatewayClients<T>;")]
    [InlineData("public partial class GatewayClients; static class Own { public static void AddGatewayClients(this Microsoft.Extensions.DependencyInjection.IServiceCollection services, int more = 0) { } }")]
    [InlineData("public partial class GatewayClients; class GatewayClientsServiceCollectionExtensions;")]
    public void A_class_that_cannot_or_already_is_is_left_alone(string declaration)
    {
        GeneratorRun run = Run(declaration);

        Assert.DoesNotContain("IServiceCollection", run.Sources.Single().SourceText.ToString(), StringComparison.Ordinal);
        Assert.Empty(run.UnsuppressedDiagnostics);
    }

    [CSharp13Fact]
    public void A_method_in_an_extension_block_counts()
    {
        const string Own = "static class Own { extension(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { public void AddGatewayClients() { } } }";

        GeneratorRun run = Run($"public partial class GatewayClients; {Own}");

        Assert.DoesNotContain("IServiceCollection", run.Sources.Single().SourceText.ToString(), StringComparison.Ordinal);
        Assert.Empty(run.UnsuppressedDiagnostics);
    }

    [CSharp13Fact]
    public void An_extension_block_outside_a_class_is_in_nobodys_way()
    {
        const string HalfMoved = "extension(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { public void AddOther() { } }";

        GeneratorRun run = Run($"public partial class GatewayClients; {HalfMoved}");

        Assert.Contains("AddGatewayClients", run.Sources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_of_the_projects_own_is_told_of()
    {
        CSharpCompilation compilation = Compile(
            "public partial class GatewayClients; static class Own { public static void AddGatewayClients(this Microsoft.Extensions.DependencyInjection.IServiceCollection services) { } }");
        GeneratorRun run = GeneratorHost.Run(compilation);

        Diagnostic leftOut = Assert.Single(await GeneratorHost.AnalyzeAsync(run.Output));

        Assert.Equal("LF9011", leftOut.Id);
        Assert.Equal("'AddGatewayClients' is not generated: 'Own' has a member of that name already", leftOut.GetMessage(null));
        Assert.Empty(await GeneratorHost.AnalyzeAsync(GeneratorHost.Run(Compile("public partial class GatewayClients;")).Output));
    }

    [Fact]
    public void Without_service_collections_there_is_no_such_method()
    {
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile("[LockFree.ClientAccessors] public partial class GatewayClients;"));

        Assert.DoesNotContain("IServiceCollection", run.Sources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_container_makes_one_object_and_gives_it_its_hub()
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<ClientHub>()
            .AddSingleton<Func<ClientKey, CancellationToken, Task>>((_, _) => Task.CompletedTask)
            .AddGatewayClients()
            .AddGatewayClients()
            .AddStartupClients()
            .BuildServiceProvider();
        var orders = new Orders();
        services.GetRequiredService<ClientHub>().Register<IOrders>(ClientKey.Global("orders"), orders);

        var clients = services.GetRequiredService<GatewayClients>();

        Assert.Same(orders, clients.Orders);
        Assert.Same(orders, services.GetRequiredService<StartupClients>().Orders);
        Assert.Same(clients, Assert.Single(services.GetServices<GatewayClients>()));
    }

    [Fact]
    public async Task A_collection_without_a_hub_is_told_of_with_the_remedy()
    {
        await using ServiceProvider services = new ServiceCollection().AddGatewayClients().BuildServiceProvider();

        var thrown = Assert.Throws<InvalidOperationException>(services.GetRequiredService<GatewayClients>);

        Assert.Equal(
            "GatewayClients needs a ClientHub, and the services have none: add it by AddClientHub() of the package LockFree.Hosting, or by "
            + "AddSingleton<ClientHub>().",
            thrown.Message);
    }

    private static GeneratorRun Run(string declaration) => GeneratorHost.Run(Compile(declaration));

    private static CSharpCompilation Compile(string declaration) => GeneratorHost
        .Compile($"#pragma warning disable CS1591\nusing LockFree;\n\nnamespace Shop\n{{\n    [ClientAccessors]\n    {declaration}\n}}\n", Contracts)
        .AddReferences(SdkReferenceAssemblies.AspNetCore100);
}
