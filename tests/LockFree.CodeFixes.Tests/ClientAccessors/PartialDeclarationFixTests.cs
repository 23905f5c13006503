using LockFree.CodeFixes.ClientAccessors;
using LockFree.CodeFixes.Tests.ReadMostly;
using LockFree.Generators.Diagnostics;
using LockFree.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.CodeFixes.Tests.ClientAccessors;

/// <summary>The fix of LF9001 and LF9002. What it leaves compiles together with what the generator then writes.</summary>
public sealed class PartialDeclarationFixTests
{
    private static readonly SiteFix Fix = InLanguage(LanguageVersion.Latest);

    [CSharp13Fact]
    public async Task Class_and_all_types_around_it_become_partial() => Assert.Equal(
        """
        using LockFree;

        public interface IOrders;

        /// <summary>Around.</summary>
        partial class Outermost
        {
            // A struct.
            public readonly ref partial struct Middle
            {
                internal partial interface IInner
                {
                    [ClientAccessors] // The clients.
                    public sealed partial record Clients
                    {
                        [Client("orders")]
                        public partial IOrders Orders { get; }
                    }
                }
            }
        }
        """,
        await Fix.FixAsync("""
        using LockFree;

        public interface IOrders;

        /// <summary>Around.</summary>
        class Outermost
        {
            // A struct.
            public readonly ref struct Middle
            {
                internal partial interface IInner
                {
                    [ClientAccessors] // The clients.
                    public sealed record Clients
                    {
                        [Client("orders")]
                        public partial IOrders Orders { get; }
                    }
                }
            }
        }
        """));

    [Fact]
    public async Task Second_part_becomes_partial_like_the_first() => Assert.Equal(
        "using LockFree;\n[ClientAccessors] partial class Clients;\npublic partial class Clients { }\n[ClientAccessors] partial class Others;",
        await Fix.FixAsync("using LockFree;\n[ClientAccessors] partial class Clients;\npublic class Clients { }\n[ClientAccessors] class Others;"));

    [Fact]
    public async Task Part_in_another_file_becomes_partial_there()
    {
        string[] sources = ["using LockFree;\npartial class Outer { [ClientAccessors] partial class Clients; }", "class Outer { class Clients { } }"];
        var one = new FixedSource(new ClientAccessorsAnalyzer(), new PartialDeclarationCodeFixProvider(), new ProjectShape(WithGenerator: true), sources);
        var all = new FixedSource(new ClientAccessorsAnalyzer(), new PartialDeclarationCodeFixProvider(), new ProjectShape(WithGenerator: true), sources);

        await one.FixOneByOneAsync("ClientAccessors.Partial");
        await all.FixAllAsync("ClientAccessors.Partial");

        Assert.Equal([sources[0], "partial class Outer { partial class Clients { } }"], await one.TextsAsync());
        Assert.Equal(await one.TextsAsync(), await all.TextsAsync());
        Assert.Empty(await one.DiagnosticsAsync());
    }

    [CSharp13Fact]
    public async Task Clients_that_are_right_but_for_the_modifier_become_partial() => Assert.Equal(
        Clients("""
            /// <summary>The orders.</summary>
            [Client("orders")]
            public partial IOrders Orders { get; }

            [Client("archive")] internal virtual partial IOrders Archive { get; }

            [Client("european")]
            partial IOrders European { get; }

            [Client("legacy")]
            private partial IOrders GetLegacy();
            """),
        await Fix.FixAsync(Clients("""
            /// <summary>The orders.</summary>
            [Client("orders")]
            public IOrders Orders { get; }

            [Client("archive")] internal virtual IOrders Archive { get; }

            [Client("european")]
            IOrders European { get; }

            [Client("legacy")]
            private IOrders GetLegacy();
            """)));

    [CSharp13Theory]
    [InlineData("[Client(\"orders\")] public IOrders Orders { get; set; }")]
    [InlineData("[Client(\"orders\")] public IOrders Orders => null!;")]
    [InlineData("[Client(\"orders\")] public static IOrders Orders { get; }")]
    [InlineData("[Client(\"orders\")] public int Orders { get; }")]
    [InlineData("[Client(\"orders\")] public IOrders Orders() => null!;")]
    [InlineData("[Client(\"orders\")] public IOrders Orders(int number);")]
    [InlineData("[Client(\"orders\")] IOrders Orders();")]
    [InlineData("[Client(\"orders\")] public partial IOrders Orders { get; set; }")]
    public Task Client_with_another_problem_is_left_alone(string member) => Fix.AssertNotOfferedAsync(Clients(member));

    [Fact]
    public Task Property_stays_as_it_is_where_the_language_has_no_partial_properties() =>
        InLanguage(LanguageVersion.CSharp12).AssertNotOfferedAsync(Clients("[Client(\"orders\")] public IOrders Orders { get; }"));

    [Theory]
    [InlineData("[ClientAccessors] static class Clients { }")]
    [InlineData("[ClientAccessors] file class Clients { }")]
    [InlineData("file class Outer { [ClientAccessors] partial class Clients { } }")]
    public Task Class_that_the_generator_cannot_complete_is_left_alone(string declaration) =>
        Fix.AssertNotOfferedAsync("using LockFree;\n" + declaration);

    [Fact]
    public Task File_that_does_not_parse_is_left_alone() =>
        Fix.AssertNotOfferedAsync("using LockFree;\n[ClientAccessors] class Clients { void Half( }");

    private static SiteFix InLanguage(LanguageVersion language) => new(
        () => new ClientAccessorsAnalyzer(),
        new PartialDeclarationCodeFixProvider(),
        "ClientAccessors.Partial",
        new ProjectShape(WithGenerator: true, Language: language));

    private static string Clients(string members) =>
        $"using LockFree;\n\npublic interface IOrders {{ }}\n\n[ClientAccessors]\npublic partial class Clients\n{{\n{members}\n}}\n";
}
