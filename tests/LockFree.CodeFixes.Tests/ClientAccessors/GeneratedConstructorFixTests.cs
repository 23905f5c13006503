using LockFree.CodeFixes.ClientAccessors;
using LockFree.CodeFixes.Tests.ReadMostly;
using LockFree.Generators.Diagnostics;

namespace LockFree.CodeFixes.Tests.ClientAccessors;

/// <summary>The fix of LF9012.</summary>
public sealed class GeneratedConstructorFixTests
{
    private static readonly SiteFix Fix = new(
        () => new ClientAccessorsAnalyzer(), new GeneratedConstructorCodeFixProvider(), "LF9012.This", new ProjectShape(WithGenerator: true));

    [Theory]
    [InlineData("public Clients(ClientHub hub, int number) => _number = number;", "public Clients(ClientHub hub, int number) : this(hub) => _number = number;")]
    [InlineData(
        "public Clients(int number, ClientHub hub) // Why.\n    {\n        _number = number;\n    }",
        "public Clients(int number, ClientHub hub) : this(hub) // Why.\n    {\n        _number = number;\n    }")]
    [InlineData("public Clients(ClientHub @class, int number) { }", "public Clients(ClientHub @class, int number) : this(@class) { }")]
    [InlineData(
        "public Clients(ClientHub hub, int number)\n        : base() // Why.\n    {\n    }",
        "public Clients(ClientHub hub, int number)\n        : this(hub) // Why.\n    {\n    }")]
    public async Task Constructor_that_takes_the_hub_passes_it_on(string before, string after) =>
        Assert.Equal(Clients(after), await Fix.FixAsync(Clients(before)));

    [Fact]
    public async Task Every_constructor_passes_its_own() => Assert.Equal(
        Clients("public Clients(ClientHub hub, int a) : this(hub) { }\n\n    private Clients(ClientHub b, long c) : this(b) { }"),
        await Fix.FixAsync(Clients("public Clients(ClientHub hub, int a) { }\n\n    private Clients(ClientHub b, long c) { }")));

    [Fact]
    public async Task Base_class_that_takes_the_hub_still_gets_it() => Assert.Equal(
        Clients("public Clients(ClientHub hub, int number) : this(hub) { }", " : TakesHub"),
        await Fix.FixAsync(Clients("public Clients(ClientHub hub, int number) : base(hub) { }", " : TakesHub")));

    [Theory]
    [InlineData("", "public Clients() { }")]
    [InlineData("", "public Clients(ClientHub? hub, ClientHub other) { }")]
    [InlineData("", "public Clients(ClientHub? hub, int number) { }")]
    [InlineData("", "public Clients(in ClientHub hub) { }")]
    [InlineData(" : TakesHub", "public Clients(ClientHub hub, int number) { }")]
    [InlineData(" : TakesHub", "public Clients(ClientHub hub, int number) : base(number) { }")]
    [InlineData(" : TakesHub", "public Clients(ClientHub hub, int number) : base(new ClientHub()) { }")]
    public Task Constructor_is_left_alone_that_lacks_the_hub_or_gives_the_base_class_something_else(string baseClass, string constructor) =>
        Fix.AssertNotOfferedAsync(Clients(constructor, baseClass));

    private static string Clients(string constructor, string baseClass = "") =>
        $"using LockFree;\n\n[ClientAccessors]\npublic partial class Clients{baseClass}\n{{\n    private int _number;\n\n    {constructor}\n}}\n\n"
        + "public class TakesHub\n{\n    public TakesHub() { }\n\n    public TakesHub(ClientHub hub) { }\n\n    public TakesHub(int number) { }\n}\n";
}
