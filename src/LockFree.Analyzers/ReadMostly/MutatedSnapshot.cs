using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2002: an object that a cell hands out to everybody is changed in place.</summary>
internal static class MutatedSnapshot
{
    public const string Id = "LF2002";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The value of a cell is changed in place",
        "'{0}' changes what '{1}' has handed out to others, who see it half changed, or do not see it at all: change a copy and store that",
        RuleCategory.ReadMostly,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A cell protects the reference, not the object. Readers hold the same object without any lock, so whatever is written to it is "
            + "written under their eyes, and no change of the cell is announced.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Findings(IOperation body, ISymbol owner, CellTypes cells)
    {
        var parts = new SnapshotParts(cells);
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            if (ChangedObject(operation) is { } changed && parts.Of(changed.Object) is { } snapshot
                && (snapshot.IsWhole || changed.IsSurelyData) && !CellSharing.IsOnlyOurs(snapshot.Cell, operation, owner)
                && !LoadedLocal.MayHoldLock(operation))
            {
                yield return Diagnostic.Create(Rule, operation.Syntax.GetLocation(), Excerpt(operation), snapshot.Cell.Syntax.ToString());
            }
        }
    }

    /// <summary>The object an operation writes to; null where it writes to none, or the object takes care of its threads itself.</summary>
    private static Change? ChangedObject(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => WrittenObject(OperationEquality.WithoutConversions(assignment.Target)),
        IIncrementOrDecrementOperation increment => WrittenObject(OperationEquality.WithoutConversions(increment.Target)),
        IInvocationOperation { Instance: { } receiver, TargetMethod: var method } when IsPlainCollection(receiver.Type)
            && (CallEffects.MutatesByName(method.Name) || receiver.Type!.Name == "StringBuilder" && method.Name is "Append" or "AppendLine" or "Replace") =>
            new Change(receiver, IsSurelyData: true),
        IInvocationOperation
        {
            TargetMethod: { Name: "Sort" or "Reverse" or "Clear" or "Fill", ContainingType.SpecialType: SpecialType.System_Array },
            Arguments: [{ Value: var array }, ..],
        } => new Change(array, IsSurelyData: true),
        _ => null,
    };

    private static Change? WrittenObject(IOperation? target) => target switch
    {
        IArrayElementReferenceOperation element => new Change(element.ArrayReference, IsSurelyData: true),
        IPropertyReferenceOperation { Arguments.IsEmpty: false, Instance: { } list } when IsPlainCollection(list.Type) => new Change(list, IsSurelyData: true),
        IPropertyReferenceOperation { Instance: { } instance, Property: var property } when !IsThreadSafe(instance.Type) && !Synchronizes(property) =>
            new Change(instance, IsPlainData(instance.Type)),
        IFieldReferenceOperation { Instance: { } instance, Field.IsVolatile: false } when !IsThreadSafe(instance.Type) =>
            new Change(instance, IsPlainData(instance.Type)),
        _ => null,
    };

    /// <summary>A collection of the framework, or a <c>StringBuilder</c>, that is not made for several threads.</summary>
    private static bool IsPlainCollection(ITypeSymbol? type) => type is not null && !IsThreadSafe(type)
        && (type.ContainingNamespace.IsBelowSystemCollections() && CallEffects.IsMutableCollection(type)
            || type.Name == "StringBuilder" && type.ContainingNamespace.IsBelowSystem());

    private static bool IsThreadSafe(ITypeSymbol? type) => type is null
        || type.ContainingNamespace is { Name: "Concurrent" or "Immutable" or "Frozen" } space && space.IsBelowSystemCollections()
        || type.ContainingNamespace.IsLockFree() || type.ContainingNamespace.IsSystemThreading();

    /// <summary>A property whose setter cares for other threads.</summary>
    private static bool Synchronizes(IPropertySymbol property) => property.SetMethod is { } setter
        && setter.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantTokens().Any(token =>
            token.IsKind(SyntaxKind.LockKeyword) || token.ValueText is "Interlocked" or "Volatile"));

    /// <summary>A type that only holds values: what hangs from a snapshot may as well be a service, which is meant to be used.</summary>
    private static bool IsPlainData(ITypeSymbol? type) => type is not null && type.IsInSource()
        && (type.IsValueType || type.IsRecord || !type.GetMembers().OfType<IMethodSymbol>().Any(method =>
            method is { MethodKind: MethodKind.Ordinary, IsOverride: false, IsImplicitlyDeclared: false, DeclaredAccessibility: not Accessibility.Private }));

    private static string Excerpt(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => assignment.Target.Syntax + " = …",
        IInvocationOperation call => call.TargetMethod.Name,
        _ => operation.Syntax.ToString(),
    };

    /// <param name="Object">What is written to.</param>
    /// <param name="IsSurelyData">It only holds values, wherever it hangs.</param>
    private sealed record Change(IOperation Object, bool IsSurelyData);
}
