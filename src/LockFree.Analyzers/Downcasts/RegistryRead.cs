using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>A lookup in a registry whose result has lost its type.</summary>
/// <param name="Registry">What was asked.</param>
/// <param name="Kind">How.</param>
/// <param name="Key">The key, null if it may differ from call to call.</param>
/// <param name="Operation">The whole lookup.</param>
/// <param name="Result">The local an <c>out</c> argument puts the result into; null when the lookup itself is the result.</param>
internal sealed record RegistryRead(ISymbol Registry, RegistryKind Kind, LookupKey? Key, IOperation Operation, ILocalSymbol? Result)
{
    /// <summary>Reads <c>registry[key]</c>, <c>GetValueOrDefault</c>, <c>TryGetValue</c> and the <c>Get(key)</c> of an own hub.</summary>
    public static RegistryRead? Of(IOperation operation, ClientRegistries registries)
    {
        switch (operation)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } indexer
                when registries.TryGetKind(OperationShape.OwnState(indexer.Instance), out RegistryKind kind)
                    && kind != RegistryKind.ClientHub && ClientRegistries.IsErased(indexer.Property.Type) && !IsWritten(indexer):
                return new RegistryRead(OperationShape.OwnState(indexer.Instance)!, kind, LookupKey.Of(key.Value), indexer, Result: null);

            case IInvocationOperation call:
                return OfCall(call, registries);

            default:
                return null;
        }
    }

    private static RegistryRead? OfCall(IInvocationOperation call, ClientRegistries registries)
    {
        bool extension = call.Instance is null && call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0;
        IOperation? receiver = extension ? call.Arguments[0].Value : call.Instance;
        if (!registries.TryGetKind(OperationShape.OwnState(receiver), out RegistryKind kind) || kind == RegistryKind.ClientHub)
            return null;

        IArgumentOperation[] arguments = call.Arguments.Skip(extension ? 1 : 0).ToArray();
        IArgumentOperation? output = arguments.FirstOrDefault(argument => argument.Parameter?.RefKind == RefKind.Out);
        int keys = arguments.Length - (output is null ? 0 : 1);
        ITypeSymbol? result = output is null ? call.TargetMethod.ReturnType : output.Parameter!.Type;
        if (keys != 1 || !ClientRegistries.IsErased(result) || !IsLookupName(call.TargetMethod.Name, kind, output is not null))
            return null;

        LookupKey? key = LookupKey.Of(arguments.First(argument => argument != output).Value);
        ILocalSymbol? local = output is null ? null : LocalOf(output.Value);
        if (output is not null && local is null)
            return null;

        return new RegistryRead(OperationShape.OwnState(receiver)!, kind, key, call, local);
    }

    private static bool IsLookupName(string name, RegistryKind kind, bool hasOutput) => kind switch
    {
        RegistryKind.Dictionary => hasOutput ? name == "TryGetValue" : name == "GetValueOrDefault",
        _ when hasOutput => name.StartsWith("TryGet", StringComparison.Ordinal) || name == "TryResolve",
        _ => name.StartsWith("Get", StringComparison.Ordinal) || name is "Resolve" or "Lookup" or "Find" or "Locate",
    };

    private static ILocalSymbol? LocalOf(IOperation output) => output switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } => declared.Local,
        ILocalReferenceOperation assigned => assigned.Local,
        _ => null,
    };

    private static bool IsWritten(IPropertyReferenceOperation indexer)
        => indexer.Parent is IAssignmentOperation assignment && assignment.Target == indexer;
}
