using LockFree.Testing;

namespace LockFree.Generators.Tests.Testing;

/// <summary>One folder under <c>Snapshots</c>: <c>Input.cs</c>, and every file that the generator is to make of it.</summary>
internal sealed class SnapshotCase(string folder)
{
    private const string InputFile = "Input.cs";
    private const string VersionMark = "{version}";

    private static readonly string Root = Path.Combine(TestProject.Directory, "Snapshots");

    private static readonly string Version = typeof(ClientAccessorsGenerator).Assembly.GetName().Version!.ToString(3);

    /// <summary>The cases that the compiler under test can read.</summary>
    public static IEnumerable<string> Names => Directory.GetDirectories(Root)
        .Select(path => Path.GetFileName(path))
        .Where(name => CSharp13FactAttribute.SkipReason is null || !Find(name).ReadInput().Contains("{ get; }", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public static SnapshotCase Find(string name) => new(Path.Combine(Root, name));

    /// <summary>The expected files do not change with the version of the product.</summary>
    public static string WithoutVersion(string text) =>
        text.Replace($"\"LockFree.Generators\", \"{Version}\"", $"\"LockFree.Generators\", \"{VersionMark}\"", StringComparison.Ordinal);

    public string ReadInput() => File.ReadAllText(Path.Combine(folder, InputFile));

    public Dictionary<string, string> ReadExpected() => ExpectedFiles().ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

    public void Accept(IReadOnlyDictionary<string, string> files)
    {
        foreach (string path in ExpectedFiles())
            File.Delete(path);
        foreach ((string name, string text) in files)
            File.WriteAllText(Path.Combine(folder, name), text);
    }

    private IEnumerable<string> ExpectedFiles() => Directory.GetFiles(folder, "*.g.cs");
}
