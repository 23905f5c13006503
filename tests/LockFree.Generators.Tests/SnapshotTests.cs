using LockFree.Generators.Tests.Testing;

namespace LockFree.Generators.Tests;

/// <summary>
/// The generated text, kept word for word: each folder under <c>Snapshots</c> holds an input and the files expected of it.
/// To accept a change, run these tests with the environment variable <c>LOCKFREE_ACCEPT_SNAPSHOTS=1</c> and read the difference.
/// </summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Cases => new(SnapshotCase.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generated_text_is_as_expected(string name)
    {
        SnapshotCase snapshot = SnapshotCase.Find(name);
        GeneratorRun run = GeneratorHost.Run(GeneratorHost.Compile(snapshot.ReadInput()));
        Dictionary<string, string> actual = run.Sources.ToDictionary(
            source => source.HintName,
            source => SnapshotCase.WithoutVersion(source.SourceText.ToString()));

        if (Environment.GetEnvironmentVariable("LOCKFREE_ACCEPT_SNAPSHOTS") == "1")
            snapshot.Accept(actual);

        Dictionary<string, string> expected = snapshot.ReadExpected();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string file, string text) in expected)
            Assert.Equal(text, actual[file]);
    }
}
