using LockFree.Analyzers.Tests.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.Tests.Traps;

/// <summary>Mechanical changes of a source after which a rule must say what it said before.</summary>
internal enum TrapVariant
{
    AsWritten,

    /// <summary>Every symbol of the source has another name: rules must not go by names.</summary>
    Renamed,

    /// <summary><c>Monitor.Enter</c>, try, finally in place of a lock statement.</summary>
    Monitor,

    /// <summary>The write lock of a <c>ReaderWriterLockSlim</c>.</summary>
    ReaderWriterLockSlim,

    /// <summary><c>System.Threading.Lock</c>.</summary>
    Lock,

    /// <summary>Everything inside a generic type.</summary>
    NestedInGeneric,
}

/// <summary>Makes the variants.</summary>
internal static class TrapVariants
{
    /// <summary>Null where the variant makes no sense for the trap.</summary>
    public static string? Of(Trap trap, TrapVariant variant)
    {
        CompilationUnitSyntax root = SyntaxFactory.ParseCompilationUnit(trap.Source);
        bool hasLocks = trap.TakesAnyLock && root.DescendantNodes().OfType<LockStatementSyntax>().Any();
        bool hasGates = hasLocks && root.DescendantNodes().OfType<LockStatementSyntax>().All(statement => Gates(root).Contains(NameOf(statement.Expression)));
        SyntaxNode? changed = variant switch
        {
            TrapVariant.AsWritten => root,
            TrapVariant.Renamed when !root.ContainsDirectives => Renamed(trap.Source),
            TrapVariant.Monitor when hasLocks => new LockRewriter("Monitor.Enter({0})", "Monitor.Exit({0})").Visit(root),
            TrapVariant.ReaderWriterLockSlim when hasGates =>
                WithGates(new LockRewriter("{0}.EnterWriteLock()", "{0}.ExitWriteLock()").Visit(root), "ReaderWriterLockSlim"),
            TrapVariant.Lock when hasGates => WithGates(root, "System.Threading.Lock"),
            TrapVariant.NestedInGeneric => Nested(root),
            _ => null,
        };
        return changed?.ToFullString();
    }

    private static SyntaxNode Renamed(string source)
    {
        CSharpCompilation compilation = AnalyzedSource.Compile(source);
        SyntaxTree tree = compilation.SyntaxTrees.Last();
        SemanticModel model = compilation.GetSemanticModel(tree);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        SyntaxToken[] tokens = [.. tree.GetRoot().DescendantTokens().Where(token =>
            token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText != "var" && IsOfSource(token, model))];
        foreach (SyntaxToken token in tokens)
            names.TryAdd(token.ValueText, $"renamed{names.Count}");

        SyntaxNode renamed = tree.GetRoot().ReplaceTokens(tokens, (_, token) => SyntaxFactory.Identifier(token.LeadingTrivia, names[token.ValueText], token.TrailingTrivia));
        return renamed.ReplaceTokens(
            renamed.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken) && names.ContainsKey(token.ValueText)),
            (_, token) => SyntaxFactory.Literal(names[token.ValueText]).WithTriviaFrom(token));
    }

    /// <summary>Declared in the source, or a mention of what is; not what carries out a contract of others.</summary>
    private static bool IsOfSource(SyntaxToken token, SemanticModel model)
    {
        ISymbol? symbol = model.GetDeclaredSymbol(token.Parent!) ?? model.GetSymbolInfo(token.Parent!).Symbol;
        return symbol is { IsImplicitlyDeclared: false, IsOverride: false } && symbol.Locations[0].IsInSource
            && !symbol.ContainingType.ImplementsAny(symbol);
    }

    private static bool ImplementsAny(this INamedTypeSymbol? type, ISymbol member) => type is not null && type.AllInterfaces
        .SelectMany(contract => contract.GetMembers())
        .Any(declared => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared), member));

    private static string NameOf(ExpressionSyntax gate) => gate is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : gate.ToString();

    /// <summary>The fields of type object: they are there to be locked.</summary>
    private static HashSet<string> Gates(SyntaxNode root) => [.. root.DescendantNodes().OfType<FieldDeclarationSyntax>()
        .Where(field => field.Declaration.Type.ToString() == "object")
        .SelectMany(field => field.Declaration.Variables).Select(variable => variable.Identifier.ValueText)];

    private static SyntaxNode WithGates(SyntaxNode root, string type) => root.ReplaceNodes(
        root.DescendantNodes().OfType<PredefinedTypeSyntax>().Where(name => name.ToString() == "object"
            && (name.Parent is ObjectCreationExpressionSyntax || name.Parent is VariableDeclarationSyntax { Parent: FieldDeclarationSyntax })),
        (old, _) => SyntaxFactory.ParseTypeName(type).WithTriviaFrom(old));

    private static CompilationUnitSyntax Nested(CompilationUnitSyntax root)
    {
        var outer = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("public class Outer<TOuter> { }")!;
        IEnumerable<MemberDeclarationSyntax> members = root.Members.Select(member =>
            member.Modifiers.Any(SyntaxKind.PublicKeyword)
                ? member
                : member.WithoutLeadingTrivia().AddModifiers().WithModifiers(member.WithoutLeadingTrivia().Modifiers.Insert(0, SyntaxFactory.Token(SyntaxKind.PublicKeyword).WithTrailingTrivia(SyntaxFactory.Space))));
        return root.WithMembers(SyntaxFactory.SingletonList<MemberDeclarationSyntax>(outer.AddMembers([.. members])));
    }

    private sealed class LockRewriter(string enter, string exit) : CSharpSyntaxRewriter
    {
        public override SyntaxNode VisitLockStatement(LockStatementSyntax node)
        {
            string gate = node.Expression.ToString();
            var body = (StatementSyntax)Visit(node.Statement);
            return SyntaxFactory.ParseStatement(
                $"{{ {string.Format(null, enter, gate)}; try {{ {body.ToFullString()} }} finally {{ {string.Format(null, exit, gate)}; }} }}\n");
        }
    }
}
