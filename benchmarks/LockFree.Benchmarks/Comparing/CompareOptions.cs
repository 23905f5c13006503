namespace LockFree.Benchmarks.Comparing;

/// <summary>What the command line asks for.</summary>
/// <param name="IsQuick">Fewer and smaller rows, and less time for each.</param>
/// <param name="Filters">Parts of the names of the rows wanted; all rows if there are none.</param>
/// <param name="JsonFile">Where the results are to be written.</param>
internal sealed record CompareOptions(bool IsQuick, IReadOnlyList<string> Filters, string? JsonFile)
{
    public static bool TryParse(ReadOnlySpan<string> arguments, out CompareOptions options, out string? problem)
    {
        bool isQuick = false;
        var filters = new List<string>();
        string? jsonFile = null;
        problem = null;
        for (int i = 0; i < arguments.Length && problem is null; i++)
        {
            bool hasValue = i + 1 < arguments.Length;
            switch (arguments[i])
            {
                case "--quick":
                    isQuick = true;
                    break;
                case "--filter" when hasValue:
                    filters.Add(arguments[++i]);
                    break;
                case "--json" when hasValue:
                    jsonFile = arguments[++i];
                    break;
                default:
                    problem = $"'{arguments[i]}' is not an option, or lacks its value.";
                    break;
            }
        }
        options = new CompareOptions(isQuick, filters, jsonFile);
        return problem is null;
    }

    public bool Wants(Workload workload) =>
        Filters.Count == 0 || Filters.Any(filter => workload.Subject.Name.Contains(filter, StringComparison.OrdinalIgnoreCase));
}
