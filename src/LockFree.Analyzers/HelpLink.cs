namespace LockFree.Analyzers;

/// <summary>Where the page of a rule is found.</summary>
internal static class HelpLink
{
    private const string RulePages = "https://github.com/lockfree-dotnet/lockfree/blob/main/docs/rules/";

    public static string For(string ruleId) => RulePages + ruleId + ".md";
}
