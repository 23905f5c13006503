using LockFree.Generators.Caching;
using LockFree.Generators.Models;
using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators.Tests;

/// <summary>What was read is used again after an edit that cannot matter, and after no other.</summary>
public sealed class AccessorsCacheTests
{
    private const string Accessors = """
        using LockFree;

        namespace Shop;

        [ClientAccessors]
        public partial class GatewayClients : Base
        {
            [Client(Names.Orders)]
            public partial IOrders Orders { get; }

            [Client("billing", Initializer = "ConnectAsync")]
            public partial System.Threading.Tasks.ValueTask<IBilling> BillingAsync(System.Threading.CancellationToken cancellationToken);
        }
        """;

    private const string Elsewhere = """
        using LockFree;

        namespace Shop;

        public interface IOrders;

        public interface IBilling;

        public static class Names
        {
            public const string Orders = "orders";
            public static readonly int Number = 1;
        }

        public class Base
        {
            protected static System.Threading.Tasks.ValueTask<IBilling> ConnectAsync(ClientKey key, System.Threading.CancellationToken cancellationToken)
            {
                throw new System.InvalidOperationException("nobody there");
            }

            public int Count => 1;
        }
        """;

    [Theory]
    [InlineData("nobody there", "nobody here")]
    [InlineData("Count => 1", "Count => 2")]
    [InlineData("Number = 1", "Number = 2")]
    [InlineData("namespace Shop;", "namespace Shop; // a comment")]
    public void An_edit_in_a_body_elsewhere_is_not_read_for(string before, string after) => Assert.Same(Model(before, after, out AccessorsModel first), first);

    [CSharp13Theory]
    [InlineData("Orders = \"orders\"", "Orders = \"deliveries\"")]
    [InlineData("ConnectAsync", "ReconnectAsync")]
    [InlineData("public interface IOrders;", "internal interface IOrders;")]
    [InlineData("public class Base\n{", "public class Base\n{\n    public bool TryGetOrders(out IOrders orders) { orders = null!; return false; }")]
    public void An_edit_of_a_declaration_elsewhere_is(string before, string after) => Assert.NotEqual(Model(before, after, out AccessorsModel first), first);

    [Fact]
    public void So_is_one_of_the_classs_own_file_and_of_another_part()
    {
        CSharpCompilation first = GeneratorHost.Compile(Accessors, Elsewhere, Part("", "1"));
        var cache = new AccessorsCache();
        AccessorsModel? documentedNowhere = Read(cache, first);

        AccessorsModel? documented = Read(cache, Replace(first, 2, Part("/// <summary>Documented.</summary>", "1")));

        Assert.NotNull(documentedNowhere);
        Assert.NotNull(documented);
        Assert.NotEqual(documentedNowhere, documented);
    }

    [Fact]
    public void References_and_options_count_as_declarations()
    {
        CSharpCompilation first = GeneratorHost.Compile(Accessors, Elsewhere);
        var cache = new AccessorsCache();
        AccessorsModel? before = Read(cache, first);

        Assert.Same(before, Read(cache, first.WithReferences(first.References.ToArray())));
        Assert.NotEqual(before, Read(cache, first.RemoveReferences(GeneratorHost.References[^1])));
        Assert.NotSame(before, Read(cache, first.WithOptions(first.Options.WithNullableContextOptions(NullableContextOptions.Disable))));
        Assert.NotSame(before, Read(cache, first.WithAssemblyName("Friend")));
    }

    [Fact]
    public void A_reading_that_was_cancelled_is_not_remembered()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Accessors, Elsewhere);
        var cache = new AccessorsCache();

        Assert.Throws<OperationCanceledException>(() => Read(cache, compilation, new CancellationToken(canceled: true)));

        Assert.NotNull(Read(cache, compilation));
    }

    [Fact]
    public void A_hundred_edits_give_what_a_new_run_gives()
    {
        string[] edits =
        [
            "Orders = \"orders\"", "Orders = \"deliveries\"", "public interface IOrders;", "internal interface IOrders;", "ConnectAsync", "OpenAsync",
            "nobody there", "nobody here", "Count => 1", "Count => 2", "class Base\n", "class Basis\n",
        ];
        CSharpCompilation compilation = GeneratorHost.Compile(Accessors, Elsewhere, Part("", "1"));
        GeneratorDriver driver = GeneratorHost.CreateDriver();
        var random = new Random(1);
        var texts = new HashSet<string>();
        for (int edit = 0; edit < 100; edit++)
        {
            int pair = random.Next(edits.Length / 2) * 2;
            string text = compilation.SyntaxTrees[1].ToString();
            string changed = text.Contains(edits[pair], StringComparison.Ordinal)
                ? text.Replace(edits[pair], edits[pair + 1], StringComparison.Ordinal)
                : text.Replace(edits[pair + 1], edits[pair], StringComparison.Ordinal);
            compilation = Replace(compilation, 1, changed);

            driver = driver.RunGenerators(compilation);

            string[] incremental = Texts(driver);
            Assert.Equal(Texts(GeneratorHost.CreateDriver().RunGenerators(compilation)), incremental);
            texts.UnionWith(incremental);
        }

        Assert.True(texts.Count > 3, "the edits hardly changed what is generated");
    }

    [CSharp13Fact]
    public void The_attribute_under_another_name_counts_as_well()
    {
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile(
            Accessors.Replace("[ClientAccessors]", "[Accessors]", StringComparison.Ordinal),
            Accessors.Replace("GatewayClients", "AdminClients", StringComparison.Ordinal)
                .Replace("[ClientAccessors]", "[global::LockFree.ClientAccessorsAttribute]", StringComparison.Ordinal),
            Elsewhere,
            "global using Accessors = LockFree.ClientAccessorsAttribute;"));

        Assert.Equal(
            ["Shop.AdminClients.g.cs", "Shop.GatewayClients.g.cs"],
            run.Sources.Select(source => source.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_attribute_of_the_same_name_from_elsewhere_does_not() => Assert.Empty(GeneratorHost.Run(GeneratorHost.Compile(
        "namespace Shop; public sealed class ClientAccessorsAttribute : System.Attribute; [ClientAccessors] public partial class GatewayClients;")).Sources);

    private static string[] Texts(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText.ToString())];

    private static string Part(string documentation, string number) => $$"""
        namespace Shop;

        public partial class GatewayClients
        {
            {{documentation}}
            [LockFree.Client("more")]
            public partial IOrders More();

            public int Number => {{number}};
        }
        """;

    private static AccessorsModel Model(string before, string after, out AccessorsModel first)
    {
        Assert.Contains(before, Elsewhere, StringComparison.Ordinal);
        CSharpCompilation compilation = GeneratorHost.Compile(Accessors, Elsewhere);
        var cache = new AccessorsCache();
        first = Read(cache, compilation)!;
        return Read(cache, Replace(compilation, 1, Elsewhere.Replace(before, after, StringComparison.Ordinal)))!;
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree before = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(before, CSharpSyntaxTree.ParseText(text, GeneratorHost.Parse, before.FilePath));
    }

    private static AccessorsModel? Read(AccessorsCache cache, CSharpCompilation compilation, CancellationToken cancellationToken = default)
    {
        SyntaxTree tree = compilation.SyntaxTrees[0];
        TypeDeclarationSyntax node = tree.GetRoot(CancellationToken.None).DescendantNodes().OfType<TypeDeclarationSyntax>().Single();
        return cache.Read(node, compilation.GetSemanticModel(tree), cancellationToken).Model;
    }
}
