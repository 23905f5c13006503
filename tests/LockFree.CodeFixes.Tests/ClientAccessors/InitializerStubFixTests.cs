using LockFree.CodeFixes.ClientAccessors;
using LockFree.CodeFixes.Tests.ReadMostly;
using LockFree.Generators.Diagnostics;
using LockFree.Testing;

namespace LockFree.CodeFixes.Tests.ClientAccessors;

/// <summary>The fix of LF9005. What it leaves compiles together with what the generator then writes.</summary>
public sealed class InitializerStubFixTests
{
    private static readonly SiteFix Fix = new(
        () => new ClientAccessorsAnalyzer(), new InitializerStubCodeFixProvider(), "LF9005.Stub", new ProjectShape(WithGenerator: true));

    [CSharp13Theory]
    [InlineData("\"ConnectAsync\"")]
    [InlineData("nameof(ConnectAsync)")]
    [InlineData("Names.Connect")]
    public async Task Missing_initialiser_is_declared(string name)
    {
        string before = $$"""
            using LockFree;

            namespace Shop;

            public interface IOrders;

            public static class Names
            {
                public const string Connect = "ConnectAsync";
            }

            [ClientAccessors]
            public sealed partial class Clients
            {
                [Client("orders", Initializer = {{name}})]
                public partial IOrders Orders { get; }

                public int Other => 1;
            }
            """;
        string after = before
            .Replace("using LockFree;", "using System.Threading.Tasks;\nusing LockFree;", StringComparison.Ordinal)
            .Replace("    public int Other => 1;\n", """
                public int Other => 1;

                private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken)
                {
                    throw new NotImplementedException();
                }

            """, StringComparison.Ordinal);

        Assert.Equal(after, await Fix.FixAsync(before));
    }

    [CSharp13Fact]
    public async Task Each_client_gets_its_own_and_two_members_of_one_share_one() => Assert.Equal(
        Clients(Both, """


                private static ValueTask<IOrders> ConnectOrdersAsync(ClientKey key, CancellationToken cancellationToken)
                {
                    throw new NotImplementedException();
                }

                private static ValueTask<Lazy<string?>> @lock(ClientKey key, CancellationToken cancellationToken)
                {
                    throw new NotImplementedException();
                }
            """),
        await Fix.FixAsync(Clients(Both, "")));

    private const string Both = """
            [Client("orders", Initializer = "ConnectOrdersAsync")]
            public partial IOrders? Orders { get; }

            [Client("orders", Initializer = nameof(ConnectOrdersAsync))]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

            [Client("names", Initializer = "lock")]
            public partial Lazy<string?> Names { get; }
        """;

    [CSharp13Fact]
    public async Task Line_ends_and_type_parameters_are_kept() => Assert.Equal(
        """
        using System.Threading.Tasks;
        using LockFree;
        public partial class Outer<T> where T : class
        {
            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders", Initializer = "ConnectAsync")]
                public partial T Orders { get; }

                private static ValueTask<T> ConnectAsync(ClientKey key, CancellationToken cancellationToken)
                {
                    throw new NotImplementedException();
                }
            }
        }

        """.ReplaceLineEndings("\r\n"),
        await Fix.FixAsync("""
        using System.Threading.Tasks;
        using LockFree;
        public partial class Outer<T> where T : class
        {
            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders", Initializer = "ConnectAsync")]
                public partial T Orders { get; }
            }
        }

        """.ReplaceLineEndings("\r\n")));

    [CSharp13Theory]
    [InlineData("ValueTask<IOrders> ConnectAsync(ClientKey key) => default;")]
    [InlineData("object ConnectAsync = new();")]
    public Task Another_member_of_that_name_is_left_alone(string member) => Fix.AssertNotOfferedAsync(Clients(
        "    [Client(\"orders\", Initializer = \"ConnectAsync\")]\n    public partial IOrders Orders { get; }\n", member));

    [CSharp13Theory]
    [InlineData("Clients")]
    [InlineData("not a name")]
    [InlineData("")]
    public Task What_cannot_be_the_name_of_a_method_is_left_alone(string name) => Fix.AssertNotOfferedAsync(Clients(
        $"    [Client(\"orders\", Initializer = \"{name}\")]\n    public partial IOrders Orders {{ get; }}\n", ""));

    [CSharp13Fact]
    public Task Inherited_member_of_that_name_is_left_alone() => Fix.AssertNotOfferedAsync(
        "using LockFree; interface IOrders { } class Connector { private void ConnectAsync() { } }"
        + " [ClientAccessors] partial class Clients : Connector { [Client(\"a\", Initializer = \"ConnectAsync\")] public partial IOrders Orders { get; } }");

    [Fact]
    public Task Unknown_name_elsewhere_is_left_to_others() => Fix.AssertNotOfferedAsync(
        "class C { string M() => nameof(ConnectAsync); [System.Obsolete(nameof(Missing))] void N() { } }");

    private static string Clients(string clients, string rest) =>
        "using System.Threading.Tasks;\nusing LockFree;\n\npublic interface IOrders { }\n\n"
        + $"[ClientAccessors]\npublic partial class Clients\n{{\n{clients}{rest}\n}}\n";
}
