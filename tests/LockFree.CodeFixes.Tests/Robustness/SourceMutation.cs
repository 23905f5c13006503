using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.Tests.Robustness;

/// <summary>Damages a source as typing, merging and copying do.</summary>
internal static class SourceMutation
{
    public static string Of(string source, Random random) => random.Next(6) switch
    {
        0 => source[..random.Next(source.Length)],
        1 => WithMemberTwice(source, random),
        2 => WithMembersOfAnother(source, random),
        _ => WithOtherTokens(source, random),
    };

    private static string WithMemberTwice(string source, Random random)
    {
        (SyntaxNode root, MemberDeclarationSyntax? member) = AnyMember(source, random);
        return member is null ? source : root.InsertNodesAfter(member, [member]).ToFullString();
    }

    private static string WithMembersOfAnother(string source, Random random)
    {
        (SyntaxNode root, MemberDeclarationSyntax? member) = AnyMember(source, random);
        (_, MemberDeclarationSyntax? other) = AnyMember(MutationSeeds.All[random.Next(MutationSeeds.All.Count)], random);
        return member is null || other is null ? source : root.ReplaceNode(member, other).ToFullString();
    }

    private static (SyntaxNode Root, MemberDeclarationSyntax? Member) AnyMember(string source, Random random)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
        MemberDeclarationSyntax[] members = [.. root.DescendantNodes().OfType<TypeDeclarationSyntax>().SelectMany(type => type.Members)];
        return (root, members.Length == 0 ? null : members[random.Next(members.Length)]);
    }

    private static string WithOtherTokens(string source, Random random)
    {
        List<string> tokens = [.. SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString())];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int first = random.Next(tokens.Count);
            int second = random.Next(tokens.Count);
            switch (random.Next(3))
            {
                case 0:
                    tokens.RemoveAt(first);
                    break;
                case 1:
                    tokens.Insert(second, tokens[first]);
                    break;
                default:
                    (tokens[first], tokens[second]) = (tokens[second], tokens[first]);
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
