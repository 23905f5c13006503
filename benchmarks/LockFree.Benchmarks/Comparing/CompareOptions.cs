namespace LockFree.Benchmarks.Comparing;

/// <summary>What the command line asks for.</summary>
internal sealed record CompareOptions(bool IsQuick, string Filter, string? JsonFile)
{
    public static bool TryParse(string[] arguments, out CompareOptions? options, out string? problem)
    {
        options = null;
        problem = null;
        if (arguments is not ["compare", .. string[] rest])
        {
            problem = "The first argument is the command: compare.";
            return false;
        }
        var parsed = new CompareOptions(false, "", null);
        for (int i = 0; i < rest.Length; i++)
        {
            bool hasValue = i + 1 < rest.Length;
            switch (rest[i])
            {
                case "--quick":
                    parsed = parsed with { IsQuick = true };
                    break;
                case "--filter" when hasValue:
                    parsed = parsed with { Filter = rest[++i] };
                    break;
                case "--json" when hasValue:
                    parsed = parsed with { JsonFile = rest[++i] };
                    break;
                default:
                    problem = $"'{rest[i]}' is not an option, or lacks its value.";
                    return false;
            }
        }
        options = parsed;
        return true;
    }
}
