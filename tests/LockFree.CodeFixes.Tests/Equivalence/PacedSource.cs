using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>
/// Puts a point before every statement, at which a run may let other threads go first: races of code that takes two steps for one then show within
/// a few histories, not within millions. A comparer that has such a point in its hash function stands between the steps of a single expression.
/// </summary>
internal sealed class PacedSource : CSharpSyntaxRewriter
{
    /// <summary>Part of every source that is to be paced: in one thread it does nothing.</summary>
    public const string Declarations = """


        public static class Pace
        {
            public static Action? Hook;

            public static void Point() => Hook?.Invoke();
        }

        public sealed class PacedComparer : IEqualityComparer<string>
        {
            public static readonly PacedComparer Instance = new();

            public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

            public int GetHashCode(string text)
            {
                Pace.Point();
                return StringComparer.OrdinalIgnoreCase.GetHashCode(text);
            }
        }
        """;

    private static readonly StatementSyntax Point = SyntaxFactory.ParseStatement("Pace.Point();\n");

    public static string With(string source) => new PacedSource().Visit(CSharpSyntaxTree.ParseText(source).GetRoot()).ToFullString();

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node)
        => node.Identifier.ValueText.StartsWith("Pace", StringComparison.Ordinal) ? node : base.VisitClassDeclaration(node);

    public override SyntaxNode? VisitBlock(BlockSyntax node)
    {
        var block = (BlockSyntax)base.VisitBlock(node)!;
        return block.WithStatements(SyntaxFactory.List(block.Statements.SelectMany(statement => new[] { Point, statement })));
    }
}
