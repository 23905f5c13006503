using System.IO.Compression;
using System.Reflection;
using CliWrap;
using CliWrap.Buffered;

namespace LockFree.EndToEnd.Tests;

/// <summary>
/// A folder feed with the packages of this very build, and a package cache of its own, so that nothing
/// that was restored earlier can stand in for what is being tested. No network is needed.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private const string Version = "0.1.0";

    private readonly string _root = Directory.CreateTempSubdirectory("lockfree-e2e-").FullName;

    /// <summary>The checkout that was built.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>What a consumer's project says to be compiled ahead of time for this machine.</summary>
    public static string AheadOfTimeProperties { get; } = $"<PublishAot>true</PublishAot>{SelfContainedProperties}";

    /// <summary>What a consumer's project says to be published with what it uses only.</summary>
    public static string TrimmedProperties { get; } =
        $"<PublishTrimmed>true</PublishTrimmed><TrimMode>full</TrimMode><SelfContained>true</SelfContained>{SelfContainedProperties}";

    private static string SelfContainedProperties => $"""
        <RuntimeIdentifier>{Metadata("RuntimeIdentifier")}</RuntimeIdentifier>
        <InvariantGlobalization>true</InvariantGlobalization>
        <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
        """;

    private string Feed => Path.Combine(_root, "feed");

    private string PackageCache => Path.Combine(_root, "packages");

    public async Task InitializeAsync()
    {
        foreach (string project in (string[])["LockFree.Package", "LockFree.Analyzers.Package", "LockFree.Hosting", "LockFree.Cli"])
        {
            string path = Path.Combine(RepositoryRoot, "src", project);
            await DotnetAsync(RepositoryRoot, "pack", path, "--no-build", "-c", Metadata("Configuration"), "-o", Feed);
        }
        foreach (string package in Metadata("AheadOfTimePackages").Split(';'))
            CopyToFeed(package.ToLowerInvariant(), Metadata("AheadOfTimePackageVersion"));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Lays out a consumer from <c>Consumers/<paramref name="template"/></c> that references <paramref name="package"/>, with <paramref name="properties"/>
    /// in its project, built by <paramref name="sdk"/>. What the template has in a folder <c>Contracts</c> becomes a library that the consumer references.
    /// </summary>
    public Consumer CreateConsumer(string template, string package, string properties = "", string sdk = "Microsoft.NET.Sdk")
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Consumers", template);
        string folder = CopySources(source, Path.Combine(_root, $"{template}-{Guid.NewGuid():N}"));
        string contracts = Path.Combine(source, "Contracts");
        bool hasContracts = Directory.Exists(contracts);
        WriteProject(sdk, folder, "Consumer", package, $"<OutputType>Exe</OutputType>{properties}", hasContracts ? """
            <Compile Remove="Contracts/**" />
            <ProjectReference Include="Contracts/Contracts.csproj" />
            """ : "");
        if (hasContracts)
            WriteProject("Microsoft.NET.Sdk", CopySources(contracts, Path.Combine(folder, "Contracts")), "Contracts", package);

        return UseFeed(folder);
    }

    /// <summary>Lays out a consumer whose one source is <paramref name="program"/>.</summary>
    public Consumer CreateConsumerOf(string program, string package, string properties, string sdk)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, $"Program-{Guid.NewGuid():N}")).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        WriteProject(sdk, folder, "Consumer", package, properties);
        return UseFeed(folder);
    }

    /// <summary>Reads a file of a package, by its name in the root of the package or its extension there.</summary>
    public string ReadPacked(string package, string nameOrExtension)
    {
        using ZipArchive packed = ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.nupkg"));
        ZipArchiveEntry entry = packed.Entries.Single(entry => entry.FullName == nameOrExtension || Path.GetExtension(entry.FullName) == nameOrExtension);
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Installs the command line from the feed and returns the path of its executable.</summary>
    public async Task<string> InstallToolAsync()
    {
        string folder = Path.Combine(_root, "tool");
        await DotnetAsync(_root, "tool", "install", "LockFree.Cli", "--tool-path", folder, "--source", Feed);
        return Path.Combine(folder, "lockfree");
    }

    /// <summary>Runs <c>dotnet</c> and fails the test with its whole output when it does not succeed.</summary>
    public async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        BufferedCommandResult result = await TryDotnetAsync(folder, arguments);
        Assert.True(result.IsSuccess, $"dotnet {string.Join(' ', arguments)}\n{result.StandardOutput}\n{result.StandardError}");
        return result.StandardOutput;
    }

    public async Task<BufferedCommandResult> TryDotnetAsync(string folder, params string[] arguments) =>
        await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables
                .Set("NUGET_PACKAGES", PackageCache)
                .Set("MSBUILDDISABLENODEREUSE", "1")
                .Set("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
                .Set("DOTNET_NOLOGO", "1"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

    private Consumer UseFeed(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        return new Consumer(this, folder);
    }

    private static string CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string source in Directory.GetFiles(from, "*.cs"))
            File.Copy(source, Path.Combine(to, Path.GetFileName(source)));
        return to;
    }

    private static void WriteProject(string sdk, string folder, string name, string package, string properties = "", string items = "") =>
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);

    private void CopyToFeed(string package, string version)
    {
        string file = $"{package}.{version}.nupkg";
        File.Copy(Path.Combine(Metadata("PackageRoot"), package, version, file), Path.Combine(Feed, file));
    }

    private static string Metadata(string key) =>
        typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
