using LockFree.Cli.Loading.Loose;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Cli.Tests;

public sealed class TargetFrameworkTests
{
    [Theory]
    [InlineData("net10.0", LanguageVersion.CSharp14, "NET10_0", "NET9_0_OR_GREATER", "NETSTANDARD")]
    [InlineData("net8.0-windows", LanguageVersion.CSharp12, "WINDOWS", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER")]
    [InlineData("netcoreapp3.1", LanguageVersion.CSharp8, "NETCOREAPP3_1", "NETCOREAPP2_0_OR_GREATER", "NET")]
    [InlineData("netstandard2.0", LanguageVersion.CSharp7_3, "NETSTANDARD2_0", "NETSTANDARD1_6_OR_GREATER", "NETSTANDARD2_1_OR_GREATER")]
    [InlineData("net472", LanguageVersion.CSharp7_3, "NET472", "NET462_OR_GREATER", "NET48_OR_GREATER")]
    public void A_moniker_decides_language_and_symbols(string moniker, LanguageVersion language, string symbol, string another, string missing)
    {
        TargetFramework target = TargetFramework.Parse(moniker)!;

        Assert.Equal(language, target.DefaultLanguageVersion);
        Assert.Contains(symbol, target.Symbols());
        Assert.Contains(another, target.Symbols());
        Assert.DoesNotContain(missing, target.Symbols());
    }

    [Theory]
    [InlineData("netstandard2.0;net8.0;net9.0", "net9.0")]
    [InlineData("net48;netstandard2.0", "netstandard2.0")]
    [InlineData("net10.0-android;net9.0", "net9.0")]
    [InlineData("$(Unknown)", null)]
    public void The_target_that_binds_best_is_chosen(string targets, string? best) =>
        Assert.Equal(best, TargetFramework.Best(targets.Split(';'))?.Moniker);

    [Theory]
    [InlineData("net8.0", "netstandard2.1", true)]
    [InlineData("net8.0", "net9.0", false)]
    [InlineData("net472", "netstandard2.1", false)]
    [InlineData("net472", ".NETFramework4.6.2", true)]
    [InlineData("netstandard2.0", "net472", false)]
    public void A_library_can_be_referenced_or_not(string target, string library, bool can) =>
        Assert.Equal(can, TargetFramework.Parse(target)!.CanReference(TargetFramework.ParsePackageName(library)!));
}
