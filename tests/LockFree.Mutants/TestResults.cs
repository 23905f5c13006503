using System.Xml.Linq;

namespace LockFree.Mutants;

/// <summary>What a run of tests has left behind.</summary>
internal static class TestResults
{
    private static readonly XNamespace Results = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Judges a run that came to its end.</summary>
    /// <exception cref="InvalidDataException">The runner says that all is well, but not what it ran.</exception>
    public static Verdict Judge(string resultFile, int exitCode, string output)
    {
        if (!File.Exists(resultFile))
        {
            return exitCode != 0
                ? new Verdict(VerdictKind.Crash, "brings the test process down", Ran: 0, output)
                : throw new InvalidDataException($"The test runner left no results.\n{output}");
        }

        // Tests that were skipped, or not begun because another had failed, are in the file as well.
        ILookup<string, string> namesByOutcome = XDocument.Load(resultFile)
            .Descendants(Results + "UnitTestResult")
            .ToLookup(test => test.Attribute("outcome")?.Value ?? "", test => test.Attribute("testName")!.Value);
        string[] passed = [.. namesByOutcome["Passed"]];
        string[] failed = [.. namesByOutcome["Failed"]];
        int ran = passed.Length + failed.Length;
        if (failed is [string first, ..])
            return new Verdict(VerdictKind.FailedTest, first, ran, output);
        return exitCode == 0
            ? new Verdict(VerdictKind.Survived, $"{ran} tests pass", ran, output)
            : new Verdict(VerdictKind.Crash, $"brings the test process down after {ran} tests", ran, output);
    }
}
