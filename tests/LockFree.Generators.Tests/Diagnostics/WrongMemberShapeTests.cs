using LockFree.Generators.Tests.Testing;
using LockFree.Testing;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9002.</summary>
public sealed class WrongMemberShapeTests
{
    [CSharp13Theory]
    [InlineData("public IOrders {|LF9002:Orders|} { get; }")]
    [InlineData("public static partial IOrders {|LF9002:Orders|} { get; }")]
    [InlineData("public required partial IOrders {|LF9002:Orders|} { get; }")]
    [InlineData("public unsafe partial IOrders {|LF9002:Orders|} { get; }")]
    [InlineData("public partial IOrders {|LF9002:Orders|} { get; set; }")]
    [InlineData("public partial IOrders {|LF9002:Orders|} { get; init; }")]
    [InlineData("public partial IOrders {|LF9002:Orders|} { set; }")]
    [InlineData("public partial IOrders {|LF9002:Orders|} => null!;")]
    [InlineData("public partial IOrders {|LF9002:Orders|} { get => null!; }")]
    [InlineData("public partial ref IOrders {|LF9002:Orders|} { get; }")]
    [InlineData("public partial IOrders {|LF9002:this|}[int index] { get; }")]
    [InlineData("public partial int {|LF9002:Orders|} { get; }")]
    [InlineData("public partial int? {|LF9002:Orders|} { get; }")]
    [InlineData("public partial T {|LF9002:Orders|} { get; }")]
    public Task Property_that_cannot_be_generated_is_reported(string property) => VerifyAsync(property);

    [Theory]
    [InlineData("public IOrders {|LF9002:Orders|}() => null!;")]
    [InlineData("public static partial IOrders {|LF9002:Orders|}();")]
    [InlineData("partial IOrders {|LF9002:Orders|}();")]
    [InlineData("partial void {|LF9002:Orders|}();")]
    [InlineData("public partial IOrders {|LF9002:Orders|}(int number);")]
    [InlineData("public partial IOrders {|LF9002:Orders|}(CancellationToken cancellationToken);")]
    [InlineData("public partial U {|LF9002:Orders|}<U>() where U : class;")]
    [InlineData("public partial Task<IOrders> {|LF9002:OrdersAsync|}(CancellationToken cancellationToken);")]
    [InlineData("public partial ValueTask<IOrders> {|LF9002:OrdersAsync|}();")]
    [InlineData("public partial ValueTask<IOrders> {|LF9002:OrdersAsync|}(in CancellationToken cancellationToken);")]
    [InlineData("public partial ValueTask<IOrders> {|LF9002:OrdersAsync|}(CancellationToken cancellationToken, int number);")]
    [InlineData("public partial ValueTask<int> {|LF9002:OrdersAsync|}(CancellationToken cancellationToken);")]
    public Task Method_that_cannot_be_generated_is_reported(string method) => VerifyAsync(method);

    [Fact]
    public Task Property_implemented_by_hand_is_reported() => VerifyAsync("""
        public partial IOrders {|LF9002:Orders|} { get; }
            public partial IOrders Orders => null!;
        """);

    [Fact]
    public Task Method_implemented_by_hand_is_reported() => VerifyAsync("""
        public partial IOrders {|LF9002:Orders|}();
            public partial IOrders Orders() => null!;
        """);

    [CSharp13Theory]
    [InlineData("public partial IOrders Orders { get; }")]
    [InlineData("public virtual partial IOrders Orders { get; }")]
    [InlineData("partial IOrders Orders { get; }")]
    [InlineData("public partial IOrders? Orders { get; }")]
    [InlineData("public partial C Orders { get; }")]
    [InlineData("public partial IOrders Orders();")]
    [InlineData("private partial IOrders Orders();")]
    public Task Client_of_a_supported_shape_is_not_reported(string member) => VerifyAsync(member);

    [Fact]
    public Task Accessor_and_parameter_of_a_record_are_reported() => AccessorsVerifier.VerifyAsync("""
        [ClientAccessors]
        public partial record Clients(ClientHub Hub, [property: Client("orders")] string {|LF9002:Orders|})
        {
            public string Other { [Client("other")] {|LF9002:get|}; } = "";
        }
        """);

    [Fact]
    public Task Type_that_cannot_be_named_in_another_file_is_reported() => AccessorsVerifier.VerifyAsync("""
        public partial class Outer<T>
        {
            public partial class Middle
            {
                public class T;

                [ClientAccessors]
                public partial class Clients
                {
                    [Client("hidden")]
                    public partial T {|LF9002:GetHidden|}();

                    [Client("visible")]
                    public partial object GetVisible();
                }
            }
        }
        """);

    [CSharp13Theory]
    [InlineData("public partial IUnknown Orders { get; }")]
    [InlineData("public partial System.Lazy<IUnknown[]> Orders();")]
    public Task Type_that_does_not_bind_is_left_to_the_compiler(string member) => VerifyAsync(member);

    [Theory]
    [InlineData("public IOrders Orders { get; }", "it must be partial")]
    [InlineData("public partial IOrders Orders { get; set; }", "it must have a getter and no setter")]
    [InlineData("public static partial IOrders Orders { get; }", "it must not be 'static'")]
    public async Task Message_gives_the_reason(string member, string reason) => Assert.Equal(
        $"The client 'Orders' cannot be generated: {reason}",
        await AccessorsVerifier.MessageAsync(InClass(member)));

    private static Task VerifyAsync(string member) => AccessorsVerifier.VerifyAsync(InClass(member));

    private static string InClass(string member) => $$"""
        public interface IOrders;

        [ClientAccessors]
        public partial class Clients<T, C>
            where C : class
        {
            [Client("orders")]
            {{member}}
        }
        """;
}
