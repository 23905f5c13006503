using LockFree.Analyzers.ConcurrentMaps;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.CodeFixes.ConcurrentMaps;

/// <summary>
/// Tells whether the code that makes a value could come back to a concurrent map, or wait for somebody: then it matters whether the map runs
/// it or its caller does. Methods of this compilation are followed a few calls deep; what cannot be followed, as what another project of
/// the solution declares, might do anything.
/// </summary>
internal sealed class FactoryReach(Compilation compilation, CancellationToken cancellationToken)
{
    private const int DeepestCall = 3;

    private static readonly HashSet<string> CallingBack = new(StringComparer.Ordinal)
    {
        "CreateInstance", "Invoke", "DynamicInvoke", "GetService", "GetRequiredService", "Deserialize", "Wait", "GetResult", "Join", "Start", "Run",
    };

    public bool StaysAway(IOperation? operation, int depth = 0) =>
        operation is null || depth <= DeepestCall && operation.DescendantsAndSelf().All(part => IsHarmless(part, depth));

    private bool IsHarmless(IOperation operation, int depth) => operation switch
    {
        IAwaitOperation or ILockOperation or IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IEventAssignmentOperation => false,
        IInvocationOperation call => IsHarmlessCall(call, depth),
        IObjectCreationOperation { Constructor: { } constructor } => IsHarmlessConstructor(constructor, depth),
        ITypeParameterObjectCreationOperation => false,
        IPropertyReferenceOperation { Property: var property } => IsHarmlessProperty(property, operation, depth),
        _ => MapTypes.Of(operation.Type) == MapType.None,
    };

    private bool IsHarmlessCall(IInvocationOperation call, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        if (MapOperation.Of(call) is not null || method.MethodKind == MethodKind.DelegateInvoke || CallingBack.Contains(method.Name))
            return false;
        return method.IsInSource() ? !method.IsAbstract && !method.IsVirtual && !method.IsOverride && Follows(method, depth)
            : !method.IsAbstract || CallEffects.IsPure(method);
    }

    private bool IsHarmlessConstructor(IMethodSymbol constructor, int depth)
    {
        if (!constructor.IsInSource() && !constructor.ContainingType.IsInSource())
            return true;

        // initializers of fields, and those of a base of the user's own, run as well
        INamedTypeSymbol type = constructor.ContainingType;
        return type.DeclaringSyntaxReferences.All(IsInThisCompilation)
            && type.BaseType is null or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
            && InitializersOf(type).All(initializer => StaysAway(ModelOf(initializer).GetOperation(initializer, cancellationToken), depth + 1))
            && (constructor.IsImplicitlyDeclared || Follows(constructor, depth));
    }

    private bool IsHarmlessProperty(IPropertySymbol property, IOperation reference, int depth)
    {
        if (!property.IsInSource())
            return MapTypes.Of(property.Type) == MapType.None && MapOperation.Of(reference) is null;
        if (property.IsAbstract || property.IsVirtual || property.IsOverride)
            return false;
        return ObjectPaths.IsAutoProperty(property) ? MapTypes.Of(property.Type) == MapType.None : property.SetMethod is null && Follows(property.GetMethod, depth);
    }

    private bool Follows(IMethodSymbol? method, int depth)
    {
        if (method is null || depth >= DeepestCall || (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is not [var reference]
            || !IsInThisCompilation(reference))
            return false;
        SyntaxNode declaration = reference.GetSyntax(cancellationToken);
        if (declaration is RecordDeclarationSyntax { ParameterList: not null } or ClassDeclarationSyntax or StructDeclarationSyntax)
            return true;

        // an accessor that is an arrow has its body in the arrow
        SyntaxNode body = declaration is ArrowExpressionClauseSyntax arrow ? arrow.Expression : declaration;
        return ModelOf(declaration).GetOperation(body, cancellationToken) is { } operation && StaysAway(operation, depth + 1);
    }

    private IEnumerable<ExpressionSyntax> InitializersOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>().SelectMany(part => part.Members)
        .SelectMany(member => member switch
        {
            FieldDeclarationSyntax field when !field.Modifiers.Any(modifier => modifier.ValueText is "static" or "const") =>
                field.Declaration.Variables.Select(variable => variable.Initializer?.Value).OfType<ExpressionSyntax>(),
            PropertyDeclarationSyntax { Initializer.Value: { } value } => [value],
            _ => [],
        });

    private bool IsInThisCompilation(SyntaxReference reference) => compilation.ContainsSyntaxTree(reference.SyntaxTree);

    private SemanticModel ModelOf(SyntaxNode node) => compilation.GetSemanticModel(node.SyntaxTree);
}
