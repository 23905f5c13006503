using LockFree.CodeFixes.ClientAccessors;
using LockFree.CodeFixes.Tests.ReadMostly;
using LockFree.Generators.Diagnostics;
using LockFree.Testing;

namespace LockFree.CodeFixes.Tests.ClientAccessors;

/// <summary>The fix of LF9007.</summary>
public sealed class DuplicateClientFixTests
{
    private const string First = "    [Client(\"orders\")]\n    public partial IOrders Archive { get; }\n";
    private const string Second = "    /// <summary>Again.</summary>\n    [Client(\"orders\")]\n    public partial IOrders Orders { get; }\n";

    private static readonly SiteFix Fix = new(
        () => new ClientAccessorsAnalyzer(), new DuplicateClientCodeFixProvider(), "LF9007.Remove", new ProjectShape(WithGenerator: true));

    [CSharp13Fact]
    public async Task Unused_duplicate_is_removed_wherever_it_stands()
    {
        Assert.Equal(Clients(First), await Fix.FixAsync(Clients(First + "\n" + Second)));
        Assert.Equal(Clients(First), await Fix.FixAsync(Clients(Second + "\n" + First)));
        Assert.Equal(
            Clients(First + "\n    public int Last;\n"), await Fix.FixAsync(Clients(First + "\n" + Second + "\n    public int Last;\n")));
    }

    [CSharp13Fact]
    public async Task Of_three_one_is_left() => Assert.Equal(
        Clients(First), await Fix.FixAsync(Clients(First + Second + Second.Replace("Orders {", "Zero {", StringComparison.Ordinal))));

    [CSharp13Theory]
    [InlineData("    public IOrders Use() => Orders;\n")]
    [InlineData("    public string Use() => nameof(Orders);\n")]
    [InlineData("    /// <summary><see cref=\"Orders\"/></summary>\n    public void Use() { }\n")]
    public Task Duplicate_that_is_used_is_left_alone(string use) => Fix.AssertNotOfferedAsync(Clients(First + Second + use));

    [CSharp13Fact]
    public async Task Use_of_the_first_does_not_matter() => Assert.Equal(
        Clients(First + "    public IOrders Use() => Archive;\n"),
        await Fix.FixAsync(Clients(First + Second + "    public IOrders Use() => Archive;\n")));

    [CSharp13Fact]
    public Task Duplicate_that_an_interface_demands_is_left_alone() => Fix.AssertNotOfferedAsync(
        Clients(First + Second, " : IHasOrders") + "\npublic interface IHasOrders { IOrders Orders { get; } }\n");

    [CSharp13Fact]
    public Task Duplicate_that_overrides_is_left_alone() => Fix.AssertNotOfferedAsync(
        Clients(First + Second.Replace("public ", "public override ", StringComparison.Ordinal), " : HasOrders")
        + "\npublic abstract class HasOrders { public abstract IOrders Orders { get; } }\n");

    [CSharp13Fact]
    public Task Duplicate_that_names_the_initialiser_of_both_is_left_alone() => Fix.AssertNotOfferedAsync(Clients(
        First + Second.Replace("\"orders\"", "\"orders\", Initializer = \"ConnectAsync\"", StringComparison.Ordinal)
        + "    private static System.Threading.Tasks.ValueTask<IOrders> ConnectAsync(ClientKey key, CancellationToken cancellationToken) => default;\n"));

    [CSharp13Fact]
    public Task Duplicate_among_directives_is_left_alone() =>
        Fix.AssertNotOfferedAsync(Clients(First + "#region again\n" + Second + "#endregion\n"));

    private static string Clients(string members, string contracts = "") =>
        $"using LockFree;\n\npublic interface IOrders {{ }}\n\n[ClientAccessors]\npublic partial class Clients{contracts}\n{{\n{members}}}\n";
}
