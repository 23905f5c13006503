using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Members that end an object's life: they run once, when nobody should use it any more, so neither what they cost nor whom they race
/// with weighs as much as elsewhere.
/// </summary>
internal static class Teardown
{
    /// <summary>What test frameworks run once a test, a class or all tests are over.</summary>
    private static readonly string[] TestCleanups =
        ["TearDownAttribute", "OneTimeTearDownAttribute", "TestCleanupAttribute", "ClassCleanupAttribute", "AssemblyCleanupAttribute"];

    /// <summary>
    /// A finalizer, the members of the dispose pattern, what else begins with <c>Dispose</c> and implements or overrides a member, as a
    /// contract, not just a name, says that it ends something; and what ends a test.
    /// </summary>
    public static bool Is(ISymbol? member) => member is IMethodSymbol method && (!method.IsStatic && IsDisposal(method) || EndsTest(method));

    private static bool EndsTest(IMethodSymbol method) =>
        method.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && TestCleanups.Contains(type.Name));

    private static bool IsDisposal(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Destructor || IsOfDisposePattern(method) || IsContractToDispose(method);

    private static bool IsOfDisposePattern(IMethodSymbol method) => method switch
    {
        { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true } => true,
        { Name: "Dispose", Parameters: [{ Type.SpecialType: SpecialType.System_Boolean }] } => true,
        _ => false,
    };

    private static bool IsContractToDispose(IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations.Any(implemented => NamesDisposal(implemented.Name))
        || NamesDisposal(method.Name) && (method.IsOverride || IsImplementation(method));

    private static bool IsImplementation(IMethodSymbol method) => method.ContainingType.AllInterfaces.Any(contract =>
        contract.GetMembers(method.Name).Any(member =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));

    private static bool NamesDisposal(string name) => name.StartsWith("Dispose", StringComparison.Ordinal);
}
