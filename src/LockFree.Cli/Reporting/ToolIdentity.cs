using System.Reflection;

namespace LockFree.Cli.Reporting;

/// <summary>How reports name the tool that made them.</summary>
internal static class ToolIdentity
{
    public const string Name = "lockfree";

    public const string InformationUri = "https://github.com/lockfree-dotnet/lockfree";

    /// <summary>The package version, without the commit it was built from.</summary>
    public static string Version { get; } =
        (typeof(ToolIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];
}
