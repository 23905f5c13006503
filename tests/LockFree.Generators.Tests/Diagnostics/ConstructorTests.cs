using LockFree.Generators.Tests.Testing;

namespace LockFree.Generators.Tests.Diagnostics;

/// <summary>LF9008 and LF9012.</summary>
public sealed class ConstructorTests
{
    [Theory]
    [InlineData("public static partial class {|LF9008:Clients|};")]
    [InlineData("file partial class {|LF9008:Clients|};")]
    [InlineData("public partial class {|LF9008:Clients|}(int number);")]
    [InlineData("public partial class {|LF9008:Clients|}(in ClientHub hub);")]
    [InlineData("public partial record {|LF9008:Clients|}(string Name);")]
    [InlineData("public partial class Clients { public {|LF9008:Clients|}(ClientHub hub) { } }")]
    [InlineData("public partial class {|LF9008:Clients|} : OnlyNumbers;")]
    [InlineData("public partial class {|LF9008:Clients|} : Hidden;")]
    [InlineData("public partial class {|LF9008:Clients|} : Others;")]
    public Task Class_that_cannot_be_given_the_hub_is_reported(string declaration) => VerifyAsync(declaration);

    [Theory]
    [InlineData("public partial class Clients;")]
    [InlineData("public partial class Clients { static Clients() { } }")]
    [InlineData("public partial class Clients(ClientHub hub);")]
    [InlineData("public partial class Clients(ClientHub hub) { public Clients(ClientHub hub, int number) : this(hub) { } }")]
    [InlineData("public partial class Clients(int number, ClientHub hub) { public Clients(ClientHub hub) : this(1, hub) { } }")]
    [InlineData("public partial record Clients(string Name, ClientHub Hub);")]
    [InlineData("public partial class Clients : TakesHub;")]
    [InlineData("public partial class Clients : TakesDefaults;")]
    [InlineData("public partial class Clients : Unknown;")]
    public Task Class_that_can_be_given_the_hub_is_not_reported(string declaration) => VerifyAsync(declaration);

    [Theory]
    [InlineData("public partial class Clients { public {|LF9012:Clients|}() { } }")]
    [InlineData("public partial class Clients { protected {|LF9012:Clients|}(int number) : base() { } }")]
    [InlineData("public partial record Clients { public {|LF9012:Clients|}(int number) { } }")]
    public Task Constructor_that_leaves_the_clients_unset_is_reported(string declaration) => VerifyAsync(declaration);

    [Theory]
    [InlineData("public partial class Clients { public Clients(int number) : this(new ClientHub()) { } }")]
    [InlineData("public partial class Clients { public Clients(int number) : this(1, 2) { } private Clients(int a, int b) : this(new ClientHub()) { } }")]
    [InlineData("public partial record Clients { protected Clients(Clients original) { } }")]
    public Task Constructor_that_reaches_the_generated_one_is_not_reported(string declaration) => VerifyAsync(declaration);

    private static Task VerifyAsync(string declaration) => AccessorsVerifier.VerifyAsync($$"""
        [ClientAccessors]
        {{declaration}}

        public class OnlyNumbers(int number);

        public class TakesHub(ClientHub hub);

        public class TakesDefaults(int number = 1, params string[] others);

        public class Hidden
        {
            private Hidden(ClientHub hub) { }
        }

        [ClientAccessors]
        public partial class Others;
        """);
}
