using System.Globalization;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9003, LF9004, LF9007 and LF9010.</summary>
public sealed class KeyTests
{
    private const string Contracts = """
        public interface IOrders;
        public interface IBilling;

        """;

    [CSharp13Theory]
    [InlineData("""Client("")""")]
    [InlineData("""Client(" \t")""")]
    [InlineData("""Client("orders", Scope = "")""")]
    [InlineData("Client")]
    [InlineData("Client(null!)")]
    [InlineData("""Client(Scope = "eu")""")]
    public Task Key_that_the_hub_would_refuse_is_reported(string attribute) => AccessorsVerifier.VerifyAsync(Contracts + $$"""
        [ClientAccessors]
        public partial class Clients
        {
            [{|LF9004:{{attribute}}|}]
            public partial IOrders Orders { get; }
        }
        """);

    [Theory]
    [InlineData("""HubClient("")""")]
    [InlineData("""HubClient("orders", Scope = " ")""")]
    [InlineData("HubClient(null!)")]
    public Task Default_key_that_the_hub_would_refuse_is_reported_at_the_contract(string attribute) => AccessorsVerifier.VerifyAsync($$"""
        [{|LF9004:{{attribute}}|}]
        public interface IOrders;
        """);

    [CSharp13Fact]
    public Task Key_of_the_contract_serves_where_the_member_gives_none() => AccessorsVerifier.VerifyAsync("""
        [HubClient("orders")]
        public interface IOrders<T>;

        [ClientAccessors]
        public partial class Clients
        {
            [Client]
            public partial IOrders<int> Orders { get; }

            [Client(Scope = "eu")]
            public partial IOrders<int> EuropeanOrders { get; }
        }
        """);

    [CSharp13Theory]
    [InlineData("Client(Unknown)")]
    [InlineData("Client(1)")]
    [InlineData("""Client("orders", Scope = Unknown)""")]
    public Task Key_that_does_not_bind_is_left_to_the_compiler(string attribute) => AccessorsVerifier.VerifyAsync(Contracts + $$"""
        [ClientAccessors]
        public partial class Clients
        {
            [{{attribute}}]
            public partial IOrders Orders { get; }
        }
        """);

    [CSharp13Fact]
    public Task Key_with_two_types_in_a_class_is_reported_at_the_second() => AccessorsVerifier.VerifyAsync(Contracts + """
        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders")]
            public partial IOrders Orders { get; }

            [{|LF9003:Client("orders")|}]
            public partial IBilling OrdersBilling { get; }

            [Client("orders", Scope = "eu")]
            public partial IBilling EuropeanBilling { get; }

            [Client("Orders")]
            public partial IBilling OtherCase { get; }
        }
        """);

    [CSharp13Fact]
    public Task Types_that_differ_in_annotations_are_one_type() => AccessorsVerifier.VerifyAsync("""
        public interface IList<T>;

        [ClientAccessors]
        public partial class Clients
        {
            [Client("names")]
            public partial IList<string?> Names { get; }

            [{|LF9007:Client("names")|}]
            public partial IList<string> SameNames { get; }
        }
        """);

    [CSharp13Fact]
    public Task Same_client_twice_is_reported_at_the_second() => AccessorsVerifier.VerifyAsync(Contracts + """
        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders")]
            public partial IOrders Orders { get; }

            [{|LF9007:Client("orders")|}]
            public partial IOrders OrdersAgain();
        }
        """);

    [CSharp13Fact]
    public Task Property_beside_a_lazy_method_is_not_reported() => AccessorsVerifier.VerifyAsync(Contracts + """
        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders", Initializer = nameof(ConnectAsync))]
            public partial IOrders Orders { get; }

            [Client("orders")]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

            private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;
        }
        """);

    [CSharp13Fact]
    public Task Key_with_two_types_in_two_classes_is_reported_at_the_later_one() => AccessorsVerifier.VerifyAsync(
        LanguageVersion.Latest,
        Contracts + """
            [ClientAccessors]
            public partial class GatewayClients
            {
                [Client("orders")]
                public partial IOrders Orders { get; }

                [Client("billing")]
                public partial IBilling Billing { get; }
            }
            """,
        """
            [ClientAccessors]
            public partial class AdminClients
            {
                [{|LF9010:Client("orders")|}]
                public partial IBilling Orders { get; }

                [Client("billing")]
                public partial IBilling Billing { get; }
            }
            """);

    [CSharp13Fact]
    public Task Key_with_a_type_parameter_is_not_compared_with_other_classes() => AccessorsVerifier.VerifyAsync(Contracts + """
        [ClientAccessors]
        public partial class GatewayClients
        {
            [Client("orders")]
            public partial IOrders Orders { get; }
        }

        [ClientAccessors]
        public partial class Tenant<T>
            where T : class
        {
            [Client("orders")]
            public partial T Orders { get; }
        }
        """);

    [CSharp13Fact]
    public async Task Message_names_the_other_member_and_its_type() => Assert.Equal(
        "'Second' has the key of 'First', whose type is 'IOrders': the hub keeps them as two clients that know nothing of each other",
        await AccessorsVerifier.MessageAsync(Contracts + """
            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders")]
                public partial IOrders First { get; }

                [Client("orders")]
                public partial IBilling Second { get; }
            }
            """));

    // 'A' comes before 'B' in the alphabet.
    [CSharp13Theory]
    [InlineData("LF9007", "IOrders", "'A' is the same client as 'B'")]
    [InlineData("LF9003", "IBilling", "'A' has the key of 'B', whose type is 'IOrders': the hub keeps them as two clients that know nothing of each other")]
    public async Task Later_one_in_the_source_is_reported_and_the_first_one_named(string id, string type, string message)
    {
        await AccessorsVerifier.VerifyAsync(Source($"{{|{id}:Client(\"orders\")|}}"));
        Assert.Equal(message, await AccessorsVerifier.MessageAsync(Source("Client(\"orders\")")));

        string Source(string second) => Contracts + $$"""
            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders")]
                public partial IOrders B { get; }

                [{{second}}]
                public partial {{type}} A { get; }
            }
            """;
    }

    [CSharp13Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Across_files_the_path_decides_whatever_the_order_they_are_given_in(bool isReversed)
    {
        CSharpCompilation compilation = GeneratorHost.Compile(
            Part("Z"),
            Part("A"),
            "using LockFree; public interface IOrders; [ClientAccessors] public partial class Clients;");
        if (isReversed)
            compilation = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse());

        Diagnostic diagnostic = Assert.Single(await GeneratorHost.AnalyzeAsync(compilation));

        Assert.Equal("'A' is the same client as 'Z'", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Source1.cs", diagnostic.Location.SourceTree!.FilePath);

        static string Part(string member) => $$"""public partial class Clients { [LockFree.Client("orders")] public partial IOrders {{member}} { get; } }""";
    }
}
