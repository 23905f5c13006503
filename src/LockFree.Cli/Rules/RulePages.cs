namespace LockFree.Cli.Rules;

/// <summary>The rules' documentation pages, carried by the tool.</summary>
internal static class RulePages
{
    /// <summary>The page of a rule in Markdown, or null if it has none.</summary>
    public static string? Find(string ruleId)
    {
        using Stream? page = typeof(RulePages).Assembly.GetManifestResourceStream($"rules/{ruleId}.md");
        if (page is null)
            return null;
        using StreamReader reader = new(page);
        return reader.ReadToEnd();
    }

    /// <summary>What to answer to an id that no rule has.</summary>
    public static string UnknownRule(string id) => $"'{id}' is no rule of this version; 'lockfree rules' lists them.";
}
