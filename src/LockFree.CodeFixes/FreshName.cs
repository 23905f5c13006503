using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes;

/// <summary>Names for what a fix declares.</summary>
internal static class FreshName
{
    /// <summary>The first of the names that no word of the member is; null where all are taken.</summary>
    public static string? In(SyntaxNode at, params string[] names)
    {
        HashSet<string> taken = WordsAround(at);
        return names.FirstOrDefault(name => !taken.Contains(name));
    }

    /// <summary>The same, with a number behind the first name where all are taken.</summary>
    public static string Numbered(SyntaxNode at, params string[] names)
    {
        HashSet<string> taken = WordsAround(at);
        return names.Concat(Enumerable.Range(2, int.MaxValue - 2).Select(n => names[0] + n)).First(name => !taken.Contains(name));
    }

    private static HashSet<string> WordsAround(SyntaxNode at)
    {
        SyntaxNode scope = at.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? at;
        return [.. scope.DescendantTokens().Select(token => token.ValueText)];
    }
}
