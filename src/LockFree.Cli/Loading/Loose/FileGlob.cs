using System.Text;
using System.Text.RegularExpressions;

namespace LockFree.Cli.Loading.Loose;

/// <summary>A path pattern of a project file: <c>**</c> any folders, <c>*</c> any part of a name, <c>?</c> one character.</summary>
internal sealed class FileGlob
{
    private readonly Regex _regex;
    private readonly string _fixedFolder;

    public FileGlob(string pattern, string projectFolder)
    {
        FullPattern = ProjectFile.FullPathOf(pattern, projectFolder);
        int wildcard = FullPattern.AsSpan().IndexOfAny('*', '?');
        IsSinglePath = wildcard < 0;
        _fixedFolder = IsSinglePath ? "" : FullPattern[..FullPattern.LastIndexOf(Path.DirectorySeparatorChar, wildcard)];
        _regex = new Regex(Translate(FullPattern), RegexOptions.CultureInvariant);
    }

    /// <summary>The pattern as an absolute path.</summary>
    public string FullPattern { get; }

    /// <summary>The pattern names one file.</summary>
    public bool IsSinglePath { get; }

    public bool Matches(string path) => _regex.IsMatch(path);

    /// <summary>The existing files that match.</summary>
    public IEnumerable<string> Files()
    {
        if (IsSinglePath)
            return File.Exists(FullPattern) ? [FullPattern] : [];
        return Directory.Exists(_fixedFolder) ? SourceFolders.FilesUnder(_fixedFolder, "*").Where(Matches) : [];
    }

    private static string Translate(string pattern)
    {
        StringBuilder regex = new("^");
        for (int index = 0; index < pattern.Length; index++)
        {
            if (pattern.AsSpan(index).StartsWith("**/") || pattern.AsSpan(index).StartsWith(@"**\"))
            {
                regex.Append(@"(.*[/\\])?");
                index += 2;
            }
            else if (pattern.AsSpan(index).StartsWith("**"))
            {
                regex.Append(".*");
                index++;
            }
            else
            {
                regex.Append(pattern[index] switch { '*' => @"[^/\\]*", '?' => @"[^/\\]", char other => Regex.Escape(other.ToString()) });
            }
        }

        return regex.Append('$').ToString();
    }
}
