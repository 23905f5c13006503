using LockFree.Generators.Tests.Testing;
using LockFree.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests;

/// <summary>Why each step of the pipeline runs after an edit: a keystroke that changes no accessors class writes no file.</summary>
public sealed class IncrementalityTests
{
    private const string Accessors = """
        using LockFree;

        namespace Shop;

        public interface IOrders;

        [ClientAccessors]
        public partial class GatewayClients
        {
            [Client("orders")]
            public partial IOrders Orders { get; }
        }
        """;

    private const string OtherAccessors = """
        using LockFree;

        namespace Shop;

        [ClientAccessors]
        public partial class AdminClients
        {
            [Client("orders")]
            public partial IOrders Orders { get; }
        }
        """;

    private const string Unrelated = """
        namespace Shop;

        public class Unrelated
        {
            public int Number => 1;
        }
        """;

    [Fact]
    public void Edit_in_another_file_writes_nothing()
    {
        GeneratorRunResult result = RunAfterEdit(2, text => text.Replace("=> 1", "=> 2", StringComparison.Ordinal));

        AssertReadAgainAndNothingWritten(result);
    }

    [Fact]
    public void New_file_writes_nothing()
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Accessors, OtherAccessors, Unrelated);
        GeneratorDriver driver = GeneratorHost.CreateDriver().RunGenerators(compilation);

        SyntaxTree another = CSharpSyntaxTree.ParseText("namespace Shop; public class Another;", GeneratorHost.Parse, "Another.cs");
        GeneratorRunResult result = driver.RunGenerators(compilation.AddSyntaxTrees(another)).GetRunResult().Results.Single();

        AssertReadAgainAndNothingWritten(result);
    }

    // What is wrong with a class moves with it, and nothing is wrong with this one from C# 13 on.
    [CSharp13Theory]
    [InlineData("public interface IOrders;", "public interface IOrders { void Place(); }")]
    [InlineData("[ClientAccessors]", "// Moves everything below.\n\n[ClientAccessors]")]
    [InlineData("[Client(\"orders\")]", "[Client(\"or\" + \"ders\")]")]
    [InlineData("public partial IOrders Orders { get; }", "public partial global::Shop.IOrders Orders { get; } // the same")]
    [InlineData("public partial class GatewayClients\n{", "public partial class GatewayClients\n{\n    public int Number => 1;\n")]
    public void Edit_of_the_file_that_leaves_the_model_equal_writes_nothing(string before, string after)
    {
        GeneratorRunResult result = RunAfterEdit(0, text => Replace(text, before, after));

        AssertReadAgainAndNothingWritten(result);
    }

    [CSharp13Theory]
    [InlineData("[Client(\"orders\")]", "[Client(\"orders\", Scope = \"eu\")]")]
    [InlineData("[Client(\"orders\")]", "/// <summary>Documented.</summary>\n    [Client(\"orders\")]")]
    [InlineData("public partial IOrders Orders", "internal partial IOrders Orders")]
    public void Edit_of_one_client_writes_the_file_of_its_class_only(string before, string after)
    {
        GeneratorRunResult result = RunAfterEdit(0, text => Replace(text, before, after));

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Reasons(result, TrackingNames.ReadAccessors));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(result, TrackingNames.FindAmbiguousHintNames));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(result, TrackingNames.NameFile));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], OutputReasons(result));
    }

    [Fact]
    public void Removed_attribute_removes_the_file_of_its_class_only()
    {
        GeneratorRunResult result = RunAfterEdit(0, text => Replace(text, "[ClientAccessors]", ""));

        Assert.Equal("Shop.AdminClients.g.cs", result.GeneratedSources.Single().HintName);
        Assert.Equal([IncrementalStepRunReason.Removed, IncrementalStepRunReason.Cached], OutputReasons(result));
    }

    [Fact]
    public void Class_renamed_to_another_case_of_the_other_renames_both_files()
    {
        GeneratorRunResult result = RunAfterEdit(0, text => Replace(text, "class GatewayClients", "class ADMINClients"));

        Assert.Equal(
            ["Shop.ADMINClients.1.g.cs", "Shop.AdminClients.2.g.cs"],
            result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal));
    }

    private static GeneratorRunResult RunAfterEdit(int file, Func<string, string> edit)
    {
        CSharpCompilation compilation = GeneratorHost.Compile(Accessors, OtherAccessors, Unrelated);
        GeneratorDriver driver = GeneratorHost.CreateDriver().RunGenerators(compilation);

        SyntaxTree before = compilation.SyntaxTrees[file];
        SyntaxTree after = CSharpSyntaxTree.ParseText(edit(before.ToString()), GeneratorHost.Parse, before.FilePath);
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(before, after)).GetRunResult().Results.Single();
    }

    private static string Replace(string text, string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private static IncrementalStepRunReason[] OutputReasons(GeneratorRunResult result) =>
        [.. result.TrackedOutputSteps[WellKnownGeneratorOutputs.SourceOutput].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private static void AssertReadAgainAndNothingWritten(GeneratorRunResult result)
    {
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], Reasons(result, TrackingNames.ReadAccessors));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(result, TrackingNames.FindAmbiguousHintNames));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(result, TrackingNames.NameFile));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], OutputReasons(result));
    }
}
