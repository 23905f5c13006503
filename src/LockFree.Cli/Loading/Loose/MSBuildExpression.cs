using System.Text;
using System.Text.RegularExpressions;

namespace LockFree.Cli.Loading.Loose;

/// <summary>
/// Expands <c>$(Property)</c> in a project file and decides its conditions. Knows the functions that project files commonly use to
/// find shared files and to compare text; anything else expands to nothing, and a condition it cannot read does not hold.
/// </summary>
internal static partial class MSBuildExpression
{
    /// <summary>Replaces every <c>$(…)</c> in <paramref name="text"/>.</summary>
    public static string Expand(string text, Func<string, string> property)
    {
        int start = text.IndexOf("$(", StringComparison.Ordinal);
        if (start < 0)
            return text;

        StringBuilder expanded = new();
        int copied = 0;
        while (start >= 0)
        {
            int end = ClosingParenthesis(text, start + 1);
            if (end < 0)
                break;

            expanded.Append(text, copied, start - copied).Append(Evaluate(text[(start + 2)..end].Trim(), property));
            copied = end + 1;
            start = text.IndexOf("$(", copied, StringComparison.Ordinal);
        }

        return expanded.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Whether <paramref name="condition"/> holds; one that is absent does. Relative paths in it start at <paramref name="folder"/>.</summary>
    public static bool Holds(string? condition, string folder, Func<string, string> property)
    {
        if (string.IsNullOrWhiteSpace(condition))
            return true;

        try
        {
            Queue<string> tokens = new(ConditionToken().Matches(Expand(condition, property)).Select(match => match.Value));
            bool holds = Disjunction(tokens, folder);
            return holds && tokens.Count == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Disjunction(Queue<string> tokens, string folder)
    {
        bool holds = Conjunction(tokens, folder);
        while (TryTake(tokens, "or"))
            holds |= Conjunction(tokens, folder);
        return holds;
    }

    private static bool Conjunction(Queue<string> tokens, string folder)
    {
        bool holds = Term(tokens, folder);
        while (TryTake(tokens, "and"))
            holds &= Term(tokens, folder);
        return holds;
    }

    private static bool Term(Queue<string> tokens, string folder)
    {
        if (TryTake(tokens, "!"))
            return !Term(tokens, folder);

        if (TryTake(tokens, "("))
        {
            bool inner = Disjunction(tokens, folder);
            Expect(tokens, ")");
            return inner;
        }

        string left = Take(tokens);
        if (TryTake(tokens, "("))
        {
            string argument = Unquoted(Take(tokens));
            Expect(tokens, ")");
            return left.ToLowerInvariant() switch
            {
                "exists" => argument.Length > 0 && Path.Exists(ProjectFile.FullPathOf(argument, folder)),
                "hastrailingslash" => argument.EndsWith('/') || argument.EndsWith('\\'),
                _ => throw new FormatException(),
            };
        }

        if (!tokens.TryPeek(out string? comparison) || comparison is not ("==" or "!=" or "<" or ">" or "<=" or ">="))
            return bool.TryParse(Unquoted(left), out bool value) ? value : throw new FormatException();

        tokens.Dequeue();
        return Compare(Unquoted(left), comparison, Unquoted(Take(tokens)));
    }

    private static bool Compare(string left, string comparison, string right)
    {
        if (comparison is "==" or "!=")
            return left.Equals(right, StringComparison.OrdinalIgnoreCase) == (comparison == "==");

        if (ParseVersion(left) is not { } leftVersion || ParseVersion(right) is not { } rightVersion)
            throw new FormatException();
        int order = leftVersion.CompareTo(rightVersion);
        return comparison switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };

        static Version? ParseVersion(string text) =>
            Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out Version? version) ? version : null;
    }

    private static string Take(Queue<string> tokens) => tokens.TryDequeue(out string? token) ? token : throw new FormatException();

    private static void Expect(Queue<string> tokens, string expected)
    {
        if (!TryTake(tokens, expected))
            throw new FormatException();
    }

    private static bool TryTake(Queue<string> tokens, string wanted)
    {
        if (!tokens.TryPeek(out string? token) || !token.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return false;
        tokens.Dequeue();
        return true;
    }

    private static string Unquoted(string token) => token.Trim('\'', '"');

    private static string Evaluate(string expression, Func<string, string> property)
    {
        Match function = StaticFunction().Match(expression);
        if (function.Success)
            return CallStatic(function.Groups["name"].Value, Arguments(function.Groups["arguments"].Value, property), property);

        Match method = InstanceMethod().Match(expression);
        if (method.Success)
            return CallInstance(property(method.Groups["property"].Value), method.Groups["name"].Value, Arguments(method.Groups["arguments"].Value, property));

        return property(expression);
    }

    private static string CallStatic(string name, string[] arguments, Func<string, string> property) => (name.ToLowerInvariant(), arguments) switch
    {
        ("getpathoffileabove", [var file]) => FileAbove(file, property("MSBuildThisFileDirectory")) ?? "",
        ("getpathoffileabove", [var file, var from]) => FileAbove(file, from) ?? "",
        ("getdirectorynameoffileabove", [var from, var file]) => Path.GetDirectoryName(FileAbove(file, from)) ?? "",
        ("combine", [_, ..]) => Path.Combine(arguments).Replace('\\', '/'),
        ("getfullpath", [var path]) => ProjectFile.FullPathOf(path, property("MSBuildProjectDirectory")),
        ("getdirectoryname", [{ Length: > 0 } path]) => Path.GetDirectoryName(path) ?? "",
        ("normalizepath", _) => Path.GetFullPath(Path.Combine(arguments).Replace('\\', '/')),
        ("normalizedirectory", _) => Path.GetFullPath(Path.Combine(arguments).Replace('\\', '/')).TrimEnd('/') + '/',
        ("ensuretrailingslash", [var path]) => path.EndsWith('/') || path.EndsWith('\\') ? path : path + '/',
        ("valueordefault", [var value, var fallback]) => value.Length > 0 ? value : fallback,
        ("istargetframeworkcompatible", [var target, var candidate]) =>
            (TargetFramework.Parse(target) is { } own && TargetFramework.Parse(candidate) is { } other && own.CanReference(other)).ToString(),
        ("isosplatform", [var platform]) => OperatingSystem.IsOSPlatform(platform).ToString(),
        _ => "",
    };

    private static string CallInstance(string value, string name, string[] arguments) => (name.ToLowerInvariant(), arguments) switch
    {
        ("contains", [var part]) => value.Contains(part, StringComparison.Ordinal).ToString(),
        ("startswith", [var part]) => value.StartsWith(part, StringComparison.Ordinal).ToString(),
        ("endswith", [var part]) => value.EndsWith(part, StringComparison.Ordinal).ToString(),
        ("equals", [var other]) => value.Equals(other, StringComparison.Ordinal).ToString(),
        ("replace", [{ Length: > 0 } old, var replacement]) => value.Replace(old, replacement, StringComparison.Ordinal),
        ("trimend", [{ Length: 1 } last]) => value.TrimEnd(last[0]),
        ("tolower" or "tolowerinvariant", _) => value.ToLowerInvariant(),
        _ => "",
    };

    private static string? FileAbove(string file, string from)
    {
        string? folder = Path.GetFullPath(from.Replace('\\', '/'));
        while (folder is not null && !File.Exists(Path.Combine(folder, file)))
            folder = Path.GetDirectoryName(folder);
        return folder is null ? null : Path.Combine(folder, file);
    }

    private static string[] Arguments(string list, Func<string, string> property) => list.Trim().Length == 0
        ? []
        : [.. Expand(list, property).Split(',').Select(argument => argument.Trim().Trim('\'', '"', '`'))];

    private static int ClosingParenthesis(string text, int open)
    {
        int depth = 0;
        for (int index = open; index < text.Length; index++)
        {
            if (text[index] == '(')
                depth++;
            else if (text[index] == ')' && --depth == 0)
                return index;
        }

        return -1;
    }

    [GeneratedRegex(@"'[^']*'|""[^""]*""|==|!=|<=|>=|<|>|!|\(|\)|[^\s'""=!<>()]+")]
    private static partial Regex ConditionToken();

    [GeneratedRegex(@"^\[(MSBuild|System\.IO\.Path)\]::(?<name>[A-Za-z]+)\((?<arguments>.*)\)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex StaticFunction();

    [GeneratedRegex(@"^(?<property>[A-Za-z_][A-Za-z0-9_]*)\.(?<name>[A-Za-z]+)\((?<arguments>.*)\)$", RegexOptions.Singleline)]
    private static partial Regex InstanceMethod();
}
