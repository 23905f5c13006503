using LockFree.Generators.Tests.Testing;
using LockFree.Testing;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9009 and LF9011.</summary>
public sealed class OutsideAccessorsTests
{
    [Fact]
    public Task Client_outside_an_accessors_class_is_reported() => AccessorsVerifier.VerifyAsync("""
        public partial class Clients
        {
            [{|LF9009:Client("orders")|}]
            public partial string Orders { get; }

            [{|LF9009:Client("audit")|}]
            public string GetAudit() => "";
        }
        """);

    [CSharp13Fact]
    public Task Client_in_any_part_of_an_accessors_class_is_not_reported() => AccessorsVerifier.VerifyAsync("""
        [ClientAccessors]
        public partial class Clients;

        public partial class Clients
        {
            [Client("orders")]
            public partial string Orders { get; }
        }
        """);

    [Fact]
    public Task Attribute_of_another_library_is_not_reported() => AccessorsVerifier.VerifyAsync("""
        namespace Other
        {
            public class ClientAttribute(string name) : System.Attribute;

            public class Clients
            {
                [Client("orders")]
                public string Orders { get; } = "";
            }
        }
        """);

    [CSharp13Theory]
    [InlineData("public bool TryGetOrders(out string? client) { client = null; return false; }")]
    [InlineData("public int TryGetOrders => 1;")]
    [InlineData("public class TryGetOrders;")]
    public Task Member_that_is_left_out_is_reported(string member) => AccessorsVerifier.VerifyAsync($$"""
        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders")]
            public partial string {|LF9011:Orders|} { get; }

            {{member}}
        }
        """);

    [Theory]
    [InlineData("public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;")]
    [InlineData("public object? WaitUntilReadyAsync;")]
    public Task Method_that_is_left_out_is_reported_at_the_class(string member) => AccessorsVerifier.VerifyAsync($$"""
        [ClientAccessors]
        public partial class {|LF9011:Clients|}
        {
            {{member}}
        }
        """);

    [CSharp13Theory]
    [InlineData("public bool TryGetOrders(int number, out string? client) { client = null; return false; }")]
    [InlineData("public Task InitializeAsync() => Task.CompletedTask;")]
    [InlineData("public Task InitializeAsync<T>(T argument) => Task.CompletedTask;")]
    public Task Overload_leaves_nothing_out(string member) => AccessorsVerifier.VerifyAsync($$"""
        [ClientAccessors]
        public partial class Clients
        {
            [Client("orders")]
            public partial string Orders { get; }

            {{member}}
        }
        """);
}
