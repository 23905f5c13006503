using System.Collections.Immutable;
using LockFree.Analyzers.Downcasts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.Downcasts;

/// <summary>
/// How a registry that never changes afterwards is filled while its owner is constructed, read as a straight list of stores.
/// It proves that a key is present and of which type its value is, and names the place after which that holds.
/// </summary>
/// <param name="LastStore">The last statement of the constructor that stores; null if the field's initialiser says it all.</param>
internal sealed record RegistryScript(ExpressionStatementSyntax? LastStore)
{
    /// <summary>The script of <paramref name="field"/>, if it stores under <paramref name="key"/> last a value that is a <paramref name="target"/>.</summary>
    public static RegistryScript? Proving(
        IFieldSymbol field, LookupKey key, ITypeSymbol target, ImmutableArray<RegistryWrite> writes, SemanticModel model, CancellationToken cancellationToken)
    {
        if (field.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator
            || declarator.SyntaxTree != model.SyntaxTree)
            return null;

        var stores = new List<(LookupKey? Key, IOperation Value)>();
        if (declarator.Initializer is { } initializer && !ReadCreation(model.GetOperation(initializer.Value, cancellationToken), stores))
            return null;

        ExpressionStatementSyntax? last = null;
        foreach (RegistryWrite write in writes.Where(w => SymbolEqualityComparer.Default.Equals(w.Registry, field)).OrderBy(w => w.Operation.Syntax.SpanStart))
        {
            if (!IsPlainStatementOfOnlyConstructor(write, out ExpressionStatementSyntax? statement) || !ReadWrite(write, stores, declarator.Initializer is null))
                return null;

            last = statement;
        }

        // Keys of which two might be equal without looking it would make "last" a guess.
        bool keysAreDistinct = stores.All(store => store.Key is { } k && (k.Identity.StartsWith("constant:") || k.Identity.StartsWith("type:")));
        if (!keysAreDistinct || stores.LastOrDefault(store => store.Key!.Identity == key.Identity).Value is not { } value)
            return null;

        IOperation stored = OperationShape.WithoutImplicitConversions(value);
        Conversion conversion = stored.Type is null ? default : ((CSharpCompilation)model.Compilation).ClassifyConversion(stored.Type, target);
        bool proves = conversion.Exists && conversion.IsImplicit && (conversion.IsIdentity || conversion.IsReference);
        return proves && NothingRunsBefore(last, model, cancellationToken) ? new RegistryScript(last) : null;
    }

    /// <summary><c>new Dictionary&lt;…&gt;(capacity) { … }</c> without a comparer, which could make different keys equal.</summary>
    private static bool ReadCreation(IOperation? operation, List<(LookupKey? Key, IOperation Value)> stores)
    {
        if (operation is null || OperationShape.WithoutImplicitConversions(operation) is not IObjectCreationOperation creation)
            return false;

        bool plain = creation.Type is INamedTypeSymbol { MetadataName: "Dictionary`2" } type
            && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic"
            && creation.Arguments.All(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Int32);
        if (!plain)
            return false;

        foreach (IOperation element in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
        {
            if (!ReadStore(element, stores))
                return false;
        }

        return true;
    }

    private static bool ReadWrite(RegistryWrite write, List<(LookupKey? Key, IOperation Value)> stores, bool mayAssign)
    {
        if (write.Effect == RegistryEffect.Assign)
            return mayAssign && stores.Count == 0 && write.Operation is ISimpleAssignmentOperation assignment && ReadCreation(assignment.Value, stores);

        return ReadStore(write.Operation, stores);
    }

    private static bool ReadStore(IOperation operation, List<(LookupKey? Key, IOperation Value)> stores)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } assignment:
                stores.Add((LookupKey.Of(key.Value), assignment.Value));
                return true;

            case IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var key, var value] }:
                stores.Add((LookupKey.Of(key.Value), value.Value));
                return true;

            default:
                return false;
        }
    }

    private static bool IsPlainStatementOfOnlyConstructor(RegistryWrite write, out ExpressionStatementSyntax? statement)
    {
        statement = write.Operation.Syntax.Parent as ExpressionStatementSyntax;
        return statement?.Parent is BlockSyntax { Parent: ConstructorDeclarationSyntax }
            && write.Member is IMethodSymbol constructor
            && constructor.ContainingType.InstanceConstructors.Count(c => !c.IsStatic && !c.IsImplicitlyDeclared) <= 1
            && constructor.IsStatic == write.Registry.IsStatic
            && write.InConstruction;
    }

    /// <summary>No code of ours may see the object before the entry is there: before the last store, <c>this</c> serves to reach fields only.</summary>
    private static bool NothingRunsBefore(ExpressionStatementSyntax? last, SemanticModel model, CancellationToken cancellationToken)
    {
        if (last is null)
            return true;

        var body = (BlockSyntax)last.Parent!;
        foreach (StatementSyntax statement in body.Statements.TakeWhile(s => s.SpanStart <= last.SpanStart))
        {
            IOperation? operation = model.GetOperation(statement, cancellationToken);
            if (operation is not IExpressionStatementOperation || operation.DescendantsAndSelf().Any(LetsThisEscape))
                return false;
        }

        return true;
    }

    private static bool LetsThisEscape(IOperation operation) => operation switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self => self.Parent is not IFieldReferenceOperation,
        IInvocationOperation { TargetMethod.IsStatic: true, TargetMethod.ContainingType: { } type } => type.Locations.Any(location => location.IsInSource),
        IAnonymousFunctionOperation or IReturnOperation => true,
        _ => false,
    };
}
