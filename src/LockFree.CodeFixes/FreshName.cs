using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>Names for what a fix declares.</summary>
internal static class FreshName
{
    /// <summary>The first of the names that no word of the member is; null where all are taken.</summary>
    public static string? In(SyntaxNode at, params string[] names)
    {
        SyntaxNode scope = at.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? at;
        var taken = new HashSet<string>(scope.DescendantTokens().Select(token => token.ValueText));
        return names.FirstOrDefault(name => !taken.Contains(name));
    }
}
