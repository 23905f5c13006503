using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Tests.Testing;

/// <summary>Breaks a source the way typing does: cut off, a token missing, twice, or in another's place.</summary>
internal sealed class SourceMutations(int seed)
{
    private readonly Random _random = new(seed);

    public string Break(string source)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
        if (tokens.Length == 0)
            return source;

        SyntaxToken first = tokens[_random.Next(tokens.Length)];
        SyntaxToken second = tokens[_random.Next(tokens.Length)];
        return _random.Next(5) switch
        {
            0 => source[.._random.Next(source.Length)],
            1 => Replace(source, first, ""),
            2 => Replace(source, first, $"{first.Text} {first.Text}"),
            3 => Replace(source, first, second.Text),
            _ => Swap(source, first, second),
        };
    }

    private static string Replace(string source, SyntaxToken token, string text) =>
        source[..token.SpanStart] + text + source[token.Span.End..];

    private static string Swap(string source, SyntaxToken first, SyntaxToken second)
    {
        if (first.SpanStart > second.SpanStart)
            (first, second) = (second, first);

        // The later one first: the position of the earlier one stays as it is.
        return Replace(Replace(source, second, first.Text), first, second.Text);
    }
}
