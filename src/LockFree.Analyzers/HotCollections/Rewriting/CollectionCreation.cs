using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>Respells the creation of the collection: type, capacity, comparer, source and initialiser must all mean what they meant.</summary>
internal sealed class CollectionCreation(CandidateField field, ConcurrentTarget target, TypeSyntax targetType, SemanticModel model)
{
    /// <summary>Plans the rewrite of what is assigned to the field; false where the new type cannot be created alike.</summary>
    public bool TryPlan(ExpressionSyntax value, RewritePlan plan)
    {
        switch (value)
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression }:
                return true;

            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return TryPlan(suppressed.Operand, plan);

            case CollectionExpressionSyntax { Elements.Count: 0 } when DefaultEqualitySuits():
                plan.Replace(value, SyntaxFactory.ImplicitObjectCreationExpression().WithTriviaFrom(value));
                return true;

            case BaseObjectCreationExpressionSyntax creation when model.GetOperation(creation) is IObjectCreationOperation { Constructor: { } constructor } operation:
                return TryPlanCreation(creation, operation, constructor, plan);

            default:
                return false;
        }
    }

    private bool TryPlanCreation(BaseObjectCreationExpressionSyntax creation, IObjectCreationOperation operation, IMethodSymbol constructor, RewritePlan plan)
    {
        if (!IsOfBaseLibrary(operation.Type))
            return false;

        var arguments = new List<ArgumentSyntax>();
        bool comparerGiven = false;
        foreach (IArgumentOperation argument in operation.Arguments)
        {
            if (argument.Syntax is not ArgumentSyntax { NameColon: null } syntax || argument.Parameter is not { } parameter)
                return false;

            switch (parameter.Name)
            {
                case "capacity":
                    arguments.AddRange(target.Capacity(syntax));
                    break;
                case "comparer" when ComparerSuits(argument.Value):
                    comparerGiven = true;
                    arguments.Add(syntax);
                    break;
                case "dictionary" or "collection" when field.Kind != CollectionKind.SortedMap && target.TakesSource(field) && IsSequence(parameter):
                    arguments.Add(syntax);
                    break;
                default:
                    return false;
            }
        }

        if (!comparerGiven && !DefaultEqualitySuits() || !TryRespell(creation.Initializer, out InitializerExpressionSyntax? initializer))
            return false;

        ArgumentListSyntax? list = creation.ArgumentList is null && arguments.Count == 0
            ? null
            : CallSyntax.Arguments(arguments.ToArray()).WithTriviaFrom(creation.ArgumentList ?? SyntaxFactory.ArgumentList());
        BaseObjectCreationExpressionSyntax respelled = creation is ObjectCreationExpressionSyntax named
            ? named.WithType(targetType.WithTriviaFrom(named.Type)).WithArgumentList(list).WithInitializer(initializer)
            : ((ImplicitObjectCreationExpressionSyntax)creation).WithArgumentList(list ?? SyntaxFactory.ArgumentList()).WithInitializer(initializer);
        plan.Replace(creation, respelled.WithTriviaFrom(creation));
        return true;
    }

    private static bool IsOfBaseLibrary(ITypeSymbol? type)
        => type is INamedTypeSymbol { MetadataName: "Dictionary`2" or "HashSet`1" or "SortedDictionary`2" } named
            && named.ContainingNamespace.IsSystemCollectionsGeneric();

    private static bool IsSequence(IParameterSymbol parameter)
        => parameter.Type is INamedTypeSymbol { MetadataName: "IDictionary`2" or "IEnumerable`1" };

    /// <summary>
    /// A sorted map compares by order. Only where being neither before nor after means being equal, hashing may take its place: a culture's
    /// order takes different strings for equal.
    /// </summary>
    private bool DefaultEqualitySuits()
        => field.Kind != CollectionKind.SortedMap
            || field.KeyType.TypeKind == TypeKind.Enum
            || field.KeyType.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64
            || field.KeyType is { Name: "Guid" or "DateTime" or "TimeSpan", ContainingNamespace.Name: "System" };

    /// <summary>A sorted map's comparer must be an equality comparer too, as the ordinal string comparers are.</summary>
    private bool ComparerSuits(IOperation comparer)
    {
        IOperation value = OperationEquality.WithoutConversions(comparer) ?? comparer;
        if (field.Kind != CollectionKind.SortedMap)
            return value.ConstantValue is not { HasValue: true, Value: null };

        return value is IPropertyReferenceOperation { Property: { Name: "Ordinal" or "OrdinalIgnoreCase", ContainingType.Name: "StringComparer" } };
    }

    /// <summary>
    /// <c>{ { key, value } }</c> calls <c>Add</c>; where there is none, <c>{ [key] = value }</c> does the same as long as no key comes twice.
    /// </summary>
    private bool TryRespell(InitializerExpressionSyntax? initializer, out InitializerExpressionSyntax? respelled)
    {
        respelled = initializer;
        if (initializer is null || initializer.Expressions.Count == 0 || target.HasPublicAdd(field))
            return true;

        if (initializer.IsKind(SyntaxKind.ObjectInitializerExpression))
            return true;

        if (field.Kind == CollectionKind.Set || !KeysAreDistinctConstants(initializer))
            return false;

        respelled = SyntaxFactory.InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            initializer.OpenBraceToken,
            SyntaxFactory.SeparatedList<ExpressionSyntax>(initializer.Expressions.GetWithSeparators().Select(item =>
                item.AsNode() is InitializerExpressionSyntax element ? (SyntaxNodeOrToken)AsIndexer(element) : item)),
            initializer.CloseBraceToken);
        return true;
    }

    private bool KeysAreDistinctConstants(InitializerExpressionSyntax initializer)
    {
        var keys = new HashSet<object>();
        return initializer.Expressions.All(element =>
            element is InitializerExpressionSyntax { Expressions: [{ } key, _] }
            && model.GetConstantValue(key) is { HasValue: true, Value: { } constant }
            && keys.Add(constant is string text ? text.ToUpperInvariant() : constant));
    }

    private static AssignmentExpressionSyntax AsIndexer(InitializerExpressionSyntax element)
        => SyntaxFactory.AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression,
                SyntaxFactory.ImplicitElementAccess(SyntaxFactory.BracketedArgumentList(
                    SyntaxFactory.SingletonSeparatedList(CallSyntax.Argument(element.Expressions[0])))),
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
                element.Expressions[1].WithoutTrivia())
            .WithTriviaFrom(element);
}
