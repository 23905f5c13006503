using LockFree.Generators.Tests.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9006.</summary>
public sealed class LanguageVersionTests
{
    private const string Property = """
        public interface IOrders { }

        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders")]
            public partial IOrders {|LF9006:Orders|} { get; }
        }
        """;

    [Fact]
    public Task Partial_property_before_CSharp_13_is_reported() => AccessorsVerifier.VerifyAsync(LanguageVersion.CSharp12, Property);

    [Fact]
    public Task Partial_method_in_CSharp_12_is_not_reported() => AccessorsVerifier.VerifyAsync(LanguageVersion.CSharp12, """
        public interface IOrders { }

        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders")]
            public partial IOrders GetOrders();
        }
        """);

    [Fact]
    public Task Class_before_CSharp_10_is_reported() => AccessorsVerifier.VerifyAsync(LanguageVersion.CSharp9, """
        public interface IOrders { }

        [ClientAccessors]
        public partial class {|LF9006:Clients|}
        {
            [Client("orders")]
            public partial IOrders GetOrders();
        }
        """);
}
