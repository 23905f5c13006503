using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Cli.Loading.Loose;

/// <summary>The families of target frameworks, the one to prefer last.</summary>
internal enum FrameworkFamily
{
    NetFramework,
    NetStandard,
    NetCoreApp,
}

/// <summary>A target framework moniker and what the compiler derives from it.</summary>
internal sealed partial record TargetFramework(string Moniker, FrameworkFamily Family, Version Version, string? Platform)
{
    private static readonly Version[] NetCoreAppVersions =
    [
        new(1, 0), new(1, 1), new(2, 0), new(2, 1), new(2, 2), new(3, 0), new(3, 1), new(5, 0), new(6, 0), new(7, 0), new(8, 0), new(9, 0), new(10, 0),
    ];

    private static readonly Version[] NetStandardVersions =
        [new(1, 0), new(1, 1), new(1, 2), new(1, 3), new(1, 4), new(1, 5), new(1, 6), new(2, 0), new(2, 1)];

    private static readonly Version[] NetFrameworkVersions =
    [
        new(2, 0), new(3, 5), new(4, 0), new(4, 5), new(4, 5, 1), new(4, 5, 2), new(4, 6), new(4, 6, 1), new(4, 6, 2),
        new(4, 7), new(4, 7, 1), new(4, 7, 2), new(4, 8), new(4, 8, 1),
    ];

    /// <summary>What sources without a project are taken for.</summary>
    public static TargetFramework Current { get; } = Parse("net10.0")!;

    /// <summary>Reads a moniker such as net10.0, net8.0-windows, netstandard2.0 or net472, or the long .NETFramework,Version=v4.8; null if it is none.</summary>
    public static TargetFramework? Parse(string moniker)
    {
        Match match = LongName().Match(moniker);
        if (match.Success && Version.TryParse(match.Groups["version"].Value, out Version? longVersion))
            return new TargetFramework(moniker, FamilyOf(match.Groups["family"].Value, longVersion), longVersion, null);

        match = ShortName().Match(moniker);
        if (!match.Success)
            return null;

        string digits = match.Groups["version"].Value;
        string family = match.Groups["family"].Value.ToLowerInvariant();
        string? platform = match.Groups["platform"] is { Success: true, Value: var name } ? name : null;
        string dotted = digits.Contains('.', StringComparison.Ordinal) ? digits : string.Join('.', digits.ToCharArray());
        if (!dotted.Contains('.', StringComparison.Ordinal))
            dotted += ".0";
        return Version.TryParse(dotted, out Version? version) ? new TargetFramework(moniker, FamilyOf(family, version), version, platform) : null;

        static FrameworkFamily FamilyOf(string name, Version version) => name.ToLowerInvariant() switch
        {
            "netstandard" or ".netstandard" => FrameworkFamily.NetStandard,
            "netcoreapp" or ".netcoreapp" => FrameworkFamily.NetCoreApp,
            "net" when version.Major >= 5 => FrameworkFamily.NetCoreApp,
            _ => FrameworkFamily.NetFramework,
        };
    }

    /// <summary>Reads a framework as packages write it: net8.0, but also .NETStandard2.0 and .NETFramework4.6.2.</summary>
    public static TargetFramework? ParsePackageName(string name) => Parse(name
        .Replace(".NETFramework", "net", StringComparison.OrdinalIgnoreCase)
        .TrimStart('.'));

    /// <summary>Of several targets the one that binds best here: the newest .NET, without a platform if possible.</summary>
    public static TargetFramework? Best(IEnumerable<string> monikers) => monikers
        .Select(Parse)
        .OfType<TargetFramework>()
        .OrderByDescending(target => target.Family)
        .ThenBy(target => target.Platform is null ? 0 : 1)
        .ThenByDescending(target => target.Version)
        .FirstOrDefault();

    /// <summary>The language version the SDK chooses where the project names none.</summary>
    public LanguageVersion DefaultLanguageVersion => (Family, Version.Major, Version.Minor) switch
    {
        (FrameworkFamily.NetCoreApp, >= 10, _) => LanguageVersion.CSharp14,
        (FrameworkFamily.NetCoreApp, 9, _) => LanguageVersion.CSharp13,
        (FrameworkFamily.NetCoreApp, 8, _) => LanguageVersion.CSharp12,
        (FrameworkFamily.NetCoreApp, 7, _) => LanguageVersion.CSharp11,
        (FrameworkFamily.NetCoreApp, 6, _) => LanguageVersion.CSharp10,
        (FrameworkFamily.NetCoreApp, 5, _) => LanguageVersion.CSharp9,
        (FrameworkFamily.NetCoreApp, 3, _) or (FrameworkFamily.NetStandard, 2, 1) => LanguageVersion.CSharp8,
        _ => LanguageVersion.CSharp7_3,
    };

    /// <summary>The preprocessor symbols the SDK defines for this target.</summary>
    public IEnumerable<string> Symbols()
    {
        switch (Family)
        {
            case FrameworkFamily.NetCoreApp:
                yield return "NETCOREAPP";
                if (Version.Major >= 5)
                    yield return "NET";
                yield return CoreName(Version);
                foreach (Version version in NetCoreAppVersions.Where(version => version <= Version))
                    yield return CoreName(version) + "_OR_GREATER";
                if (Platform is not null)
                    yield return new string([.. Platform.TakeWhile(char.IsAsciiLetter)]).ToUpperInvariant();
                break;
            case FrameworkFamily.NetStandard:
                yield return "NETSTANDARD";
                yield return "NETSTANDARD" + Underscored(Version);
                foreach (Version version in NetStandardVersions.Where(version => version <= Version))
                    yield return "NETSTANDARD" + Underscored(version) + "_OR_GREATER";
                break;
            default:
                yield return "NETFRAMEWORK";
                yield return "NET" + Digits(Version);
                foreach (Version version in NetFrameworkVersions.Where(version => version <= Version))
                    yield return "NET" + Digits(version) + "_OR_GREATER";
                break;
        }

        static string CoreName(Version version) => (version.Major >= 5 ? "NET" : "NETCOREAPP") + Underscored(version);
        static string Underscored(Version version) => string.Create(CultureInfo.InvariantCulture, $"{version.Major}_{version.Minor}");
        static string Digits(Version version) => version.ToString().Replace(".", "", StringComparison.Ordinal);
    }

    /// <summary>Whether a library built for <paramref name="other"/> can be referenced from this target.</summary>
    public bool CanReference(TargetFramework other) => (Family, other.Family) switch
    {
        _ when Family == other.Family => other.Version <= Version,
        (FrameworkFamily.NetCoreApp, FrameworkFamily.NetStandard) => Version.Major >= 3 || other.Version <= new Version(2, 0),
        (FrameworkFamily.NetFramework, FrameworkFamily.NetStandard) => other.Version <= new Version(2, 0),
        _ => false,
    };

    [GeneratedRegex(@"^(?<family>netstandard|netcoreapp|net)(?<version>[0-9][0-9.]*)(-(?<platform>[A-Za-z]+[0-9.]*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex ShortName();

    [GeneratedRegex(@"^(?<family>\.NET[A-Za-z]+),Version=v(?<version>[0-9.]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex LongName();
}
