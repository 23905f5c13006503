using System.Collections.Immutable;
using System.Globalization;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9005.</summary>
public sealed class InvalidInitializerTests
{
    [CSharp13Theory]
    [InlineData("private static ValueTask<IOrders> OtherAsync(ClientKey key, CancellationToken cancellationToken) => default;")]
    [InlineData("private static ValueTask<IOrders> ConnectAsync(ClientKey key) => default;")]
    [InlineData("private static ValueTask<IOrders> ConnectAsync(CancellationToken cancellationToken, ClientKey key) => default;")]
    [InlineData("private static ValueTask<IOrders> ConnectAsync(in ClientKey key, CancellationToken cancellationToken) => default;")]
    [InlineData("private static ValueTask<IOrders> ConnectAsync<T>(ClientKey key, CancellationToken cancellationToken) => default;")]
    [InlineData("private static ValueTask<Orders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;")]
    [InlineData("private static Task<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => null!;")]
    [InlineData("private static IOrders ConnectAsync(ClientKey key, CancellationToken cancellationToken) => null!;")]
    [InlineData("private static readonly object ConnectAsync = new();")]
    public Task Initialiser_that_is_missing_or_ill_typed_is_reported(string initializer) => AccessorsVerifier.VerifyAsync($$"""
        public interface IOrders;
        public class Orders : IOrders;

        [ClientAccessors]
        public partial class Clients
        {
            [{|LF9005:Client("orders", Initializer = "ConnectAsync")|}]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

            [{|LF9005:Client("audit", Initializer = "ConnectAsync")|}]
            public partial IOrders Audit { get; }

            {{initializer}}
        }
        """);

    [Theory]
    [InlineData("private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;")]
    [InlineData("public async ValueTask<IOrders> ConnectAsync(ClientKey anyName, CancellationToken stop) => null!;")]
    [InlineData("private static ValueTask<IOrders?> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;")]
    [InlineData("""
        private static ValueTask<IOrders> ConnectAsync(ClientKey key) => default;
            private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;
        """)]
    public Task Initialiser_that_fits_is_not_reported(string initializer) => AccessorsVerifier.VerifyAsync($$"""
        public interface IOrders;

        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders", Initializer = nameof(ConnectAsync))]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

            {{initializer}}
        }
        """);

    [CSharp13Fact]
    public Task Inherited_initialiser_is_found_unless_it_is_private() => AccessorsVerifier.VerifyAsync("""
        public interface IOrders;

        public class Connector
        {
            protected static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;

            private static ValueTask<IOrders> HiddenAsync(ClientKey key, CancellationToken cancellationToken) => default;
        }

        [ClientAccessors]
        public partial class Clients : Connector
        {
            [Client("orders", Initializer = "ConnectAsync")]
            public partial IOrders Orders { get; }

            [{|LF9005:Client("hidden", Initializer = "HiddenAsync")|}]
            public partial IOrders Hidden { get; }
        }
        """);

    [Fact]
    public Task Lazy_method_without_an_initialiser_is_reported() => AccessorsVerifier.VerifyAsync("""
        public interface IOrders;

        [ClientAccessors]
        public partial class Clients
        {
            [{|LF9005:Client("orders")|}]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);
        }
        """);

    [CSharp13Fact]
    public Task Second_initialiser_for_one_client_is_reported() => AccessorsVerifier.VerifyAsync("""
        public interface IOrders;

        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders", Initializer = nameof(ConnectAsync))]
            public partial IOrders Orders { get; }

            [{|LF9005:Client("orders", Initializer = nameof(OtherAsync))|}]
            public partial ValueTask<IOrders> OrdersAsync(CancellationToken cancellationToken);

            private static ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;

            private static ValueTask<IOrders> OtherAsync(ClientKey key, CancellationToken cancellationToken) => default;
        }
        """);

    [CSharp13Fact]
    public async Task The_initialiser_that_comes_first_in_the_source_stays_and_its_member_is_named()
    {
        const string source = """
            public interface IOrders;

            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders")]
                public partial IOrders C { get; }

                [Client("orders", Initializer = nameof(FirstAsync))]
                public partial ValueTask<IOrders> B(CancellationToken cancellationToken);

                [Client("orders", Initializer = nameof(SecondAsync))]
                public partial IOrders A { get; }

                private static ValueTask<IOrders> FirstAsync(ClientKey key, CancellationToken cancellationToken) => default;

                private static ValueTask<IOrders> SecondAsync(ClientKey key, CancellationToken cancellationToken) => default;
            }
            """;
        CSharpCompilation compilation = GeneratorHost.Compile("using System.Threading; using System.Threading.Tasks; using LockFree;\n" + source);

        ImmutableArray<Diagnostic> found = await GeneratorHost.AnalyzeAsync(compilation);
        Assert.Equal(
            "The client 'A' has no valid initialiser: 'B' names another one for the same client",
            found.Single(diagnostic => diagnostic.Id == "LF9005").GetMessage(CultureInfo.InvariantCulture));
        string generated = GeneratorHost.Run(compilation).Sources.Single().SourceText.ToString();
        Assert.Contains("FirstAsync", generated, StringComparison.Ordinal);
        Assert.DoesNotContain("SecondAsync", generated, StringComparison.Ordinal);
    }

    [CSharp13Fact]
    public async Task Message_gives_the_wanted_signature() => Assert.Equal(
        "The client 'Orders' has no valid initialiser: 'Clients' has no method 'ValueTask<IOrders> ConnectAsync(ClientKey, CancellationToken)'",
        await AccessorsVerifier.MessageAsync("""
            public interface IOrders;

            [ClientAccessors]
            public partial class Clients
            {
                [Client("orders", Initializer = "ConnectAsync")]
                public partial IOrders Orders { get; }
            }
            """));
}
