using System.Collections.Immutable;

namespace LockFree.Analyzers.Downcasts;

/// <summary>
/// What a name says about a weakly typed store. Nothing in the types tells a registry of clients from a bag of request data:
/// both are <c>Dictionary&lt;string, object&gt;</c>; people tell them apart by name, and so does this.
/// </summary>
internal static class NameWords
{
    private static readonly ImmutableHashSet<string> Data = Words(
        "item", "property", "prop", "bag", "env", "environment", "header", "metadata", "meta", "state", "session", "attribute", "arg",
        "argument", "parameter", "param", "option", "setting", "config", "configuration", "row", "record", "value", "data", "extension",
        "tag", "feature", "context", "payload", "json", "field", "cookie", "query", "form", "cache", "resource", "variable", "column",
        "memo", "annotation", "request", "response", "message", "dynamic", "content", "document", "node", "token", "reader");

    private static readonly ImmutableHashSet<string> Registry = Words(
        "client", "hub", "registry", "registration", "service", "singleton", "locator", "gateway", "provider", "handler", "repository",
        "container", "component", "plugin", "module", "instance", "channel", "connection", "proxy", "adapter", "backend", "manager");

    /// <summary>A word of property bags, wire data or caches: the values are data whose type is checked where it is read.</summary>
    public static bool SuggestData(string name) => Split(name).Any(Data.Contains);

    /// <summary>A word of places where long-lived objects are registered.</summary>
    public static bool SuggestRegistry(string name) => Split(name).Any(Registry.Contains);

    private static ImmutableHashSet<string> Words(params string[] words) => ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, words);

    /// <summary>The camel-case words of a name, singular.</summary>
    private static IEnumerable<string> Split(string name)
    {
        int start = 0;
        for (int end = 1; end <= name.Length; end++)
        {
            bool boundary = end == name.Length || name[end] == '_' || char.IsUpper(name[end]) && !char.IsUpper(name[end - 1]);
            if (!boundary)
                continue;

            string word = name.Substring(start, end - start).Trim('_');
            start = end;
            if (word.Length > 0)
                yield return Singular(word);
        }
    }

    private static string Singular(string word)
    {
        if (word.EndsWith("ies", StringComparison.OrdinalIgnoreCase))
            return word.Substring(0, word.Length - 3) + "y";

        return word.EndsWith("s", StringComparison.OrdinalIgnoreCase) ? word.Substring(0, word.Length - 1) : word;
    }
}
