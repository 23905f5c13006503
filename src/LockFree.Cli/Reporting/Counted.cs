using System.Globalization;

namespace LockFree.Cli.Reporting;

/// <summary>Numbers with their nouns: <c>1 site</c>, <c>1,204 lines</c>.</summary>
internal static class Counted
{
    public static string Of(long count, string noun) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + (count == 1 ? noun : noun + "s");
}
