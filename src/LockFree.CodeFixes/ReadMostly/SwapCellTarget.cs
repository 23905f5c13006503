using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>The field becomes a <c>SwapCell</c> of its type.</summary>
internal sealed class SwapCellTarget(GuardedCell cell) : CellTarget
{
    public const string Key = "SwapCell";

    public override string Name => Key;

    public override string TitleFor(string field) => $"Make '{field}' a SwapCell and remove its lock";

    /// <summary>Of a [Serializable] type the fields are what is written: they keep their types.</summary>
    public override bool Suits(CellVerdict verdict) => cell.Field.Type.IsReferenceType && !cell.Field.IsVolatile && !cell.Field.ContainingType.IsSerializable
        && verdict.Regions.All(region => region.Shape is CellShape.Load or CellShape.Store or CellShape.Exchange)
        && cell.Compilation.GetTypeByMetadataName("LockFree.SwapCell`1") is not null;

    /// <summary>Without an initialiser the cell begins with null, which its type must allow.</summary>
    public override bool TryPlanDeclaration(FieldDeclarationSyntax declaration, RewritePlan plan)
    {
        VariableDeclaratorSyntax declarator = declaration.Declaration.Variables[0];
        bool mayBeNull = cell.Field.NullableAnnotation != NullableAnnotation.NotAnnotated;
        if (declarator.Initializer is null && !mayBeNull || declaration.Declaration.Type is RefTypeSyntax)
            return false;

        INamedTypeSymbol type = cell.Compilation.GetTypeByMetadataName("LockFree.SwapCell`1")!.Construct(cell.Field.Type);
        var expression = (TypeSyntax)SyntaxGenerator.GetGenerator(cell.Project).TypeExpression(type);
        GenericNameSyntax name = expression.DescendantNodesAndSelf().OfType<GenericNameSyntax>().First();
        TypeSyntax written = declaration.Declaration.Type;
        expression = expression.ReplaceNode(
            name.TypeArgumentList, SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(written.WithoutTrivia())))
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

        ExpressionSyntax initial = declarator.Initializer?.Value ?? SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression);
        ArgumentListSyntax arguments = CallSyntax.Arguments(CallSyntax.Argument(initial));
        ExpressionSyntax creation = declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 }
            ? SyntaxFactory.ImplicitObjectCreationExpression(arguments, null)
            : SyntaxFactory.ObjectCreationExpression(
                SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space), expression, arguments, null);

        SyntaxToken equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space);
        VariableDeclaratorSyntax filled = declarator.Initializer is { } initializer
            ? declarator.WithInitializer(initializer.WithValue(creation.WithTriviaFrom(initializer.Value)))
            : declarator.WithIdentifier(declarator.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                .WithInitializer(SyntaxFactory.EqualsValueClause(equals, creation));
        FieldDeclarationSyntax changed = declaration.WithDeclaration(declaration.Declaration
            .WithType(expression.WithTriviaFrom(written)).WithVariables(SyntaxFactory.SingletonSeparatedList(filled)));
        plan.Replace((SyntaxNode)declaration, FieldModifier.Add(changed, SyntaxKind.ReadOnlyKeyword));
        return true;
    }

    public override ExpressionSyntax Exchange(ExpressionSyntax field, ExpressionSyntax value)
        => CallSyntax.Of(field, "Exchange", CallSyntax.Argument(value));

    public override ExpressionSyntax Count(string member, ExpressionSyntax field, ExpressionSyntax? amount)
        => throw new NotSupportedException("A cell holds a reference.");

    public override bool TryPlanMention(ExpressionSyntax mention, bool isConstruction, RewritePlan plan)
    {
        if (mention.Parent is AssignmentExpressionSyntax assignment && assignment.Left == mention)
        {
            bool isStatement = assignment.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax;
            if (!isStatement || !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || Mentions(assignment.Right))
                return false;
            plan.Replace(assignment, CallSyntax.Of(mention, "Store", CallSyntax.Argument(assignment.Right)).WithTriviaFrom(assignment));
            return true;
        }

        if (mention.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } })
            return true;
        plan.Replace(mention, CallSyntax.Of(mention, "Load").WithTriviaFrom(mention));
        return true;
    }

    private bool Mentions(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == cell.Field.Name);
}
