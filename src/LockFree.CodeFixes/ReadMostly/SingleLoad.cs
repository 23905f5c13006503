using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>One load into a local, which all others then read: the local is there already, or new before the first statement.</summary>
internal sealed class SingleLoad
{
    private readonly ImmutableArray<SyntaxNode> _replaced;
    private readonly string _name;
    private readonly StatementSyntax? _firstStatement;
    private readonly ExpressionSyntax _load;

    private SingleLoad(ImmutableArray<SyntaxNode> replaced, string name, StatementSyntax? firstStatement, ExpressionSyntax load)
    {
        _replaced = replaced;
        _name = name;
        _firstStatement = firstStatement;
        _load = load;
    }

    /// <summary>Null where one load would not be the same, whoever stores meanwhile, or cannot be written.</summary>
    /// <param name="site">The second load.</param>
    /// <param name="model">Of its document.</param>
    public static SingleLoad? Of(InvocationExpressionSyntax site, SemanticModel model)
    {
        if (CellTypes.In(model.Compilation) is not { } cells || model.GetOperation(site) is not { } operation)
            return null;
        IOperation body = LoadedLocal.BodyAround(operation);
        ImmutableArray<IInvocationOperation> loads = TornSnapshot.GroupsIn(body, cells).FirstOrDefault(group => group.Any(load => load.Syntax == site));
        if (loads.IsDefault || loads.Any(load => load.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax }))
            return null;

        IInvocationOperation first = loads[0];
        IOperation last = loads[loads.Length - 1];
        if (!IsSameCellThroughout(first.Instance, body) || body.Descendants().Any(between =>
                between.Syntax.Span.End > first.Syntax.Span.End && between.Syntax.Span.End <= last.Syntax.SpanStart && MayStore(between)))
            return null;
        return LocalOf(first, loads) ?? NewLocal(first, loads);
    }

    public SyntaxNode ApplyTo(SyntaxNode root)
    {
        if (_firstStatement is null)
            return root.ReplaceNodes(_replaced, Read);

        root = root.TrackNodes(_replaced.Add(_firstStatement));
        root = root.ReplaceNodes(_replaced.Select(load => root.GetCurrentNode(load)!), Read);
        StatementSyntax statement = root.GetCurrentNode(_firstStatement)!;
        SyntaxTriviaList leading = statement.GetLeadingTrivia();
        bool isIndented = leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia);
        StatementSyntax declaration = SyntaxFactory.ParseStatement($"var {_name} = {_load.WithoutTrivia().ToFullString()};")
            .WithLeadingTrivia(leading).WithTrailingTrivia(LineLayout.LineEndOf(root));
        statement = statement.WithLeadingTrivia(isIndented ? SyntaxFactory.TriviaList(leading[leading.Count - 1]) : SyntaxTriviaList.Empty);
        return root.ReplaceNode(root.GetCurrentNode(_firstStatement)!, new[] { declaration, statement });
    }

    /// <summary>The first load is kept in a local by the code itself.</summary>
    private static SingleLoad? LocalOf(IInvocationOperation first, ImmutableArray<IInvocationOperation> loads)
    {
        if (first.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
            || first.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not LocalDeclarationStatementSyntax { Parent: BlockSyntax block }
            || !SymbolEqualityComparer.Default.Equals(local.Type, first.Type) || !loads.All(load => block.Span.Contains(load.Syntax.Span)))
            return null;
        return new SingleLoad(loads.RemoveAt(0).Select(load => load.Syntax).ToImmutableArray(), local.Name, null, (ExpressionSyntax)first.Syntax);
    }

    private static SingleLoad? NewLocal(IInvocationOperation first, ImmutableArray<IInvocationOperation> loads)
    {
        if (first.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement
            || statement is LocalFunctionStatementSyntax || !loads.All(load => block.Span.Contains(load.Syntax.Span)))
            return null;
        if (!IsReachedFirst(first, statement) || FreshName.In(statement, "current", "snapshot", "loaded") is not { } name)
            return null;
        return new SingleLoad(loads.Select(load => load.Syntax).ToImmutableArray(), name, statement, (ExpressionSyntax)first.Syntax);
    }

    /// <summary>The statement always loads, and nothing in it happens before.</summary>
    private static bool IsReachedFirst(IOperation load, StatementSyntax statement)
    {
        IOperation child = load;
        for (IOperation? around = load.Parent; around is not null && statement.Span.Contains(around.Syntax.Span); child = around, around = around.Parent)
        {
            bool mayBePassedBy = around switch
            {
                IConditionalOperation conditional => child != conditional.Condition,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary => child == binary.RightOperand,
                ICoalesceOperation coalesce => child != coalesce.Value,
                ICoalesceAssignmentOperation => true,
                IConditionalAccessOperation access => child != access.Operation,
                ISwitchExpressionArmOperation or IAnonymousFunctionOperation or ILoopOperation or ICatchClauseOperation => true,
                _ => false,
            };
            if (mayBePassedBy)
                return false;
            bool hasEffectsBefore = around.ChildOperations.TakeWhile(sibling => sibling != child).Any(sibling => sibling.DescendantsAndSelf()
                .Any(part => part is IInvocationOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IObjectCreationOperation));
            if (hasEffectsBefore)
                return false;
        }

        return true;
    }

    /// <summary>Nothing on the way to the cell is assigned.</summary>
    private static bool IsSameCellThroughout(IOperation? cell, IOperation body) => OperationEquality.WithoutConversions(cell) switch
    {
        null or IInstanceReferenceOperation => true,
        IFieldReferenceOperation field => field.Field.IsReadOnly && IsSameCellThroughout(field.Instance, body),
        IPropertyReferenceOperation { Property: { SetMethod: null } property } reference =>
            ObjectPaths.IsAutoProperty(property) && IsSameCellThroughout(reference.Instance, body),
        ILocalReferenceOperation or IParameterReferenceOperation => LocalFacts.VariableOf(OperationEquality.WithoutConversions(cell)) is { } variable
            && !body.Descendants().Any(operation => IsAssignmentOf(operation, variable)),
        _ => false,
    };

    private static bool IsAssignmentOf(IOperation operation, ISymbol variable) => operation switch
    {
        IAssignmentOperation assignment => SymbolEqualityComparer.Default.Equals(LocalFacts.VariableOf(assignment.Target), variable),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument =>
            SymbolEqualityComparer.Default.Equals(LocalFacts.VariableOf(argument.Value), variable),
        _ => false,
    };

    /// <summary>Code of the project's own, which may store; that of the framework does not know the cell.</summary>
    private static bool MayStore(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.IsInSource() && !IsInRuntime(call.TargetMethod) || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke,
        IObjectCreationOperation { Constructor: { } constructor } => constructor.IsInSource() && !constructor.ContainingType.IsRecord,
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } => property.IsInSource() && !ObjectPaths.IsAutoProperty(property),
        IPropertyReferenceOperation { Property: var property } => property.IsInSource() && !ObjectPaths.IsAutoProperty(property),
        IDynamicInvocationOperation or IEventAssignmentOperation => true,
        _ => false,
    };

    private static bool IsInRuntime(IMethodSymbol method) => method.ContainingNamespace.IsLockFree();

    private SyntaxNode Read(SyntaxNode load, SyntaxNode rewritten) => SyntaxFactory.IdentifierName(_name).WithTriviaFrom(load);
}
