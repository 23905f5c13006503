using LockFree.Generators.Tests.Testing;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9013.</summary>
public sealed class NeverRegisteredTests
{
    private const string Clients = """
        internal class Orders : IOrders { }

        [ClientAccessors]
        internal partial class Clients
        {
            [{|LF9013:Client("orders")|}]
            public partial IOrders GetOrders();
        }

        """;

    [Theory]
    [InlineData("hub.Register(key, new Orders());")]
    [InlineData("hub.Register<Orders>(key, (Orders)orders);")]
    [InlineData("Use(orders); void Use(IOrders orders) { }")]
    public Task Client_that_nobody_registers_by_its_type_is_reported(string statement) =>
        AccessorsVerifier.VerifyAsync("internal interface IOrders { }\n" + Clients + Program(statement));

    [Theory]
    [InlineData("hub.Register<IOrders>(key, new Orders());")]
    [InlineData("hub.Register(key, orders);")]
    [InlineData("Add(orders); void Add<T>(T client) where T : class => hub.Register(key, client);")]
    [InlineData("System.Action<ClientKey, IOrders> register = hub.Register;")]
    [InlineData("new Registrar<IOrders>();")]
    [InlineData("Use(Registrar<IOrders>.Instance); void Use(object registrar) { }")]
    [InlineData("Use(Registrar<IOrders[]>.Field); void Use(object registrar) { }")]
    [InlineData("Use(typeof(IOrders)); void Use(System.Type type) { }")]
    [InlineData("Use(typeof(Program).Assembly); void Use(object assembly) { }")]
    [InlineData("Use(typeof(ClientHub).GetMethod(\"Register\")!); void Use(object method) { }")]
    [InlineData("dynamic any = hub; any.Register(key, orders);")]
    [InlineData("} class Derived : Registrar<IOrders> {")]
    [InlineData("} class Derived : System.IEquatable<IOrders> { public bool Equals(IOrders? other) => true;")]
    [InlineData("} [System.ComponentModel.TypeConverter(typeof(IOrders))] class Marked {")]
    public Task Client_whose_type_is_named_where_it_may_be_registered_is_not_reported(string statement) => AccessorsVerifier.VerifyAsync(
        "internal interface IOrders { }\n" + Unmarked(Clients) + Program(statement));

    [Theory]
    [InlineData("public interface IOrders { }")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")] internal interface IOrders { }")]
    public Task Library_cannot_know_who_registers_what_others_can_name(string contract) =>
        AccessorsVerifier.VerifyAsync(contract + "\n" + Unmarked(Clients));

    [Theory]
    [InlineData("public interface IOrders { }")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")] internal interface IOrders { }")]
    public Task Program_is_the_only_one_to_register_its_clients(string contract) => AccessorsVerifier.VerifyProgramAsync(
        contract + "\n" + Clients + "internal static class Program { private static void Main() { } }");

    [Fact]
    public Task Type_from_another_assembly_is_not_reported() =>
        AccessorsVerifier.VerifyProgramAsync(Unmarked(Clients)
            .Replace("partial IOrders", "partial System.IServiceProvider", StringComparison.Ordinal)
            .Replace(" : IOrders", "", StringComparison.Ordinal) + "internal static class Program { private static void Main() { } }");

    [Fact]
    public Task Client_of_an_initialised_type_is_not_reported() => AccessorsVerifier.VerifyAsync("""
        internal interface IOrders { }

        [ClientAccessors]
        internal partial class Clients
        {
            [Client("orders")]
            public partial IOrders GetOrders();

            [Client("orders", Initializer = nameof(ConnectAsync))]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

            private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;
        }
        """);

    [Fact]
    public async Task Generated_code_does_not_count_as_a_registration()
    {
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile(
            "[LockFree.ClientAccessors] partial class Clients { [LockFree.Client(\"orders\")] internal partial IOrders GetOrders(); } interface IOrders { }"));

        Diagnostic found = Assert.Single(await GeneratorHost.AnalyzeAsync(run.Output));
        Assert.Equal(
            ("LF9013", "Nothing in this project registers 'GetOrders' under the type 'IOrders', and it has no initialiser: reading it throws"),
            (found.Id, found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static string Unmarked(string source) =>
        source.Replace("{|LF9013:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);

    private static string Program(string statement) => $$"""
        internal class Registrar<T>
        {
            public static readonly object Field = new();

            public static object Instance => Field;
        }

        internal static class Program
        {
            public static void Run(ClientHub hub, ClientKey key, IOrders orders)
            {
                {{statement}}
            }
        }
        """;
}
