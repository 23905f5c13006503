using LockFree.Cli.Loading.Loose;

namespace LockFree.Cli.Tests;

public sealed class MSBuildExpressionTests
{
    private static readonly Dictionary<string, string> Properties = new()
    {
        ["Configuration"] = "Debug",
        ["TargetFramework"] = "net8.0",
        ["Name"] = "App.Tests",
        ["Empty"] = "",
    };

    [Theory]
    [InlineData(null, true)]
    [InlineData("'$(Configuration)' == 'debug'", true)]
    [InlineData("'$(Configuration)' != 'Release' and '$(Empty)' == ''", true)]
    [InlineData("'$(Configuration)'=='Release' Or ('$(Name)' == 'x' And true)", false)]
    [InlineData("!('$(Empty)' != '')", true)]
    [InlineData("$(Name.EndsWith('.Tests'))", true)]
    [InlineData("$(Name.Contains('Bench'))", false)]
    [InlineData("$([MSBuild]::IsTargetFrameworkCompatible('$(TargetFramework)', 'net6.0'))", true)]
    [InlineData("$([MSBuild]::IsTargetFrameworkCompatible('netstandard2.0', '$(TargetFramework)'))", false)]
    [InlineData("'10.0' > '9.0'", true)]
    [InlineData("Exists('/no/such/file')", false)]
    [InlineData("Exists('$(Empty)')", false)]
    [InlineData("Exists('.')", true)]
    [InlineData("$([System.DateTime]::Now.Year) > 2000", false)]
    [InlineData("'unclosed", false)]
    public void A_condition_holds_or_not(string? condition, bool holds) =>
        Assert.Equal(holds, MSBuildExpression.Holds(condition, Path.GetTempPath(), name => Properties.GetValueOrDefault(name, "")));

    [Theory]
    [InlineData("a;$(Configuration);$(Unknown)b", "a;Debug;b")]
    [InlineData("$(Name.Replace('.Tests', '')).dll", "App.dll")]
    [InlineData("$(unclosed", "$(unclosed")]
    [InlineData("$([System.IO.Path]::Combine('..', '$(Name)'))", "../App.Tests")]
    [InlineData("$([MSBuild]::EnsureTrailingSlash('dir'))", "dir/")]
    public void Properties_are_expanded(string text, string expanded) =>
        Assert.Equal(expanded, MSBuildExpression.Expand(text, name => Properties.GetValueOrDefault(name, "")));
}
