using Microsoft.CodeAnalysis;

namespace LockFree.Generators;

/// <summary>
/// The types of the runtime and of others, by name: this assembly references none of them. Types met as symbols are recognised by
/// <see cref="IsRuntimeType"/>; the constants that start with <c>global::</c> are for the output, those with a namespace but without it are looked up.
/// </summary>
internal static class WellKnownNames
{
    public const string ClientAccessorsAttribute = "LockFree.ClientAccessorsAttribute";

    public const string ClientAccessorsAttributeName = "ClientAccessorsAttribute";
    public const string ClientAccessorsShortName = "ClientAccessors";
    public const string ClientAttributeName = "ClientAttribute";
    public const string ClientShortName = "Client";
    public const string HubClientAttributeName = "HubClientAttribute";
    public const string ClientHubName = "ClientHub";
    public const string ClientKeyName = "ClientKey";

    public const string ClientHub = "global::LockFree.ClientHub";
    public const string ClientSlot = "global::LockFree.ClientSlot";
    public const string ClientKey = "global::LockFree.ClientKey";
    public const string ClientNotInitializedException = "global::LockFree.ClientNotInitializedException";

    public const string ServiceCollection = "Microsoft.Extensions.DependencyInjection.IServiceCollection";
    public const string ServiceCollectionExtensions = "Microsoft.Extensions.DependencyInjection.Extensions.ServiceCollectionDescriptorExtensions";
    public const string ServiceProviderExtensions = "Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";

    public const string Task = "global::System.Threading.Tasks.Task";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string CancellationToken = "global::System.Threading.CancellationToken";

    /// <summary>Whether the type is the runtime's type of that name.</summary>
    public static bool IsRuntimeType(ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol { ContainingType: null, Arity: 0 } named
        && named.Name == name
        && named.ContainingNamespace is { Name: "LockFree", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>Whether the type is <see cref="System.Threading.CancellationToken"/>.</summary>
    public static bool IsCancellationToken(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "CancellationToken", ContainingType: null, Arity: 0 } named
        && IsThreading(named.ContainingNamespace);

    /// <summary>The <c>T</c> of a <c>ValueTask&lt;T&gt;</c>; null for any other type.</summary>
    public static ITypeSymbol? ResultOfValueTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "ValueTask", ContainingType: null, TypeArguments: [var result] } named && IsTaskNamespace(named)
            ? result
            : null;

    /// <summary>Whether the type is one of the BCL's four task types, which no client is.</summary>
    public static bool IsTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingType: null } named && IsTaskNamespace(named);

    /// <summary>The first attribute of the runtime's type <paramref name="name"/> on the symbol.</summary>
    public static AttributeData? FindRuntimeAttribute(this ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (IsRuntimeType(attribute.AttributeClass, name))
                return attribute;
        }

        return null;
    }

    /// <summary>The text given to a named argument; null where it is not given, or null.</summary>
    public static string? FindNamedText(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;
        }

        return null;
    }

    private static bool IsTaskNamespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Tasks", ContainingNamespace: { } threading } && IsThreading(threading);

    private static bool IsThreading(INamespaceSymbol candidate) =>
        candidate is { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
