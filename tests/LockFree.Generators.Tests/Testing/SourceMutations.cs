using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Generators.Tests.Testing;

/// <summary>
/// Changes a source the way typing does: cut off, a token missing, twice, or in another's place, which most often breaks it; and the way
/// somebody does who means it: a name exchanged everywhere, a member or a modifier more or less, which most often does not.
/// </summary>
internal sealed class SourceMutations(int seed)
{
    // What generated code says, and what has a meaning of its own somewhere. Not 'System': who declares that himself in the global namespace leaves nobody
    // a name for the types there.
    private static readonly string[] Names =
    [
        "hub", "client", "client0", "readyClient", "cancellationToken", "initialization", "initializer", "slot", "builder", "Run", "TClient",
        "_ordersSlot", "TryGetOrders", "InitializeAsync", "WaitUntilReadyAsync", "PrintMembers", "Value", "TryGet", "Slot", "GetOrInitAsync",
        "Task", "ValueTask", "CancellationToken", "ClientSlot", "ClientHub", "ClientKey", "Func", "Orders", "GetOrders",
        "OrdersAsync", "Get", "Async", "ToString", "Equals", "GetHashCode", "EqualityContract", "Deconstruct", "Finalize", "MemberwiseClone",
        "get_Orders", "op_Equality", "Main", "_", "value", "field", "record", "partial", "async", "await", "var", "dynamic", "nint", "file",
        "scoped", "required", "global", "notnull", "unmanaged", "managed", "allows", "extension", "@class", "@this", "@base", "@namespace",
    ];

    private static readonly SyntaxKind[] Modifiers =
    [
        SyntaxKind.PublicKeyword, SyntaxKind.InternalKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.VirtualKeyword,
        SyntaxKind.SealedKeyword, SyntaxKind.NewKeyword, SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword, SyntaxKind.UnsafeKeyword,
        SyntaxKind.ReadOnlyKeyword, SyntaxKind.PartialKeyword, SyntaxKind.FileKeyword, SyntaxKind.RequiredKeyword, SyntaxKind.OverrideKeyword,
    ];

    private readonly Random _random = new(seed);

    /// <summary>Something that hardly ever compiles.</summary>
    public string Break(string source)
    {
        SyntaxToken[] tokens = [.. Parse(source).DescendantTokens().Where(token => token.Span.Length > 0)];
        if (tokens.Length == 0)
            return source;

        SyntaxToken first = Any(tokens);
        SyntaxToken second = Any(tokens);
        return _random.Next(5) switch
        {
            0 => source[.._random.Next(source.Length)],
            1 => Replace(source, first, ""),
            2 => Replace(source, first, $"{first.Text} {first.Text}"),
            3 => Replace(source, first, second.Text),
            _ => Swap(source, first, second),
        };
    }

    /// <summary>Something that often compiles.</summary>
    public string Change(string source)
    {
        SyntaxNode root = Parse(source);
        MemberDeclarationSyntax[] members = [.. root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member is not BaseNamespaceDeclarationSyntax)];
        SyntaxToken[] names = [.. root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Length > 0)];
        if (members.Length == 0 || names.Length == 0)
            return source;

        MemberDeclarationSyntax member = Any(members);
        return _random.Next(8) switch
        {
            0 => root.InsertNodesAfter(member, [member]).ToFullString(),
            1 => root.RemoveNode(member, SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString(),
            2 => root.ReplaceNode(member, Any(members)).ToFullString(),
            3 => WithModifier(source, member),
            4 when member.Modifiers.Count > 0 => Replace(source, Any([.. member.Modifiers]), ""),
            5 => Rename(source, names, Any(names).ValueText, Any(names).Text),
            _ => Rename(source, names, Any(names).ValueText, Any(Names)),
        };
    }

    private static SyntaxNode Parse(string source) => CSharpSyntaxTree.ParseText(source, GeneratorHost.Parse).GetRoot();

    private T Any<T>(T[] items) => items[_random.Next(items.Length)];

    private string WithModifier(string source, MemberDeclarationSyntax member)
    {
        SyntaxToken first = member.AttributeLists.Count > 0 ? member.AttributeLists.Last().GetLastToken().GetNextToken() : member.GetFirstToken();
        return Replace(source, first, $"{SyntaxFacts.GetText(Any(Modifiers))} {first.Text}");
    }

    // From the end, so that the positions before stay as they are.
    private static string Rename(string source, SyntaxToken[] names, string from, string to) => names
        .Where(token => token.ValueText == from)
        .Reverse()
        .Aggregate(source, (text, token) => Replace(text, token, to));

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
