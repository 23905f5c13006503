using LockFree.Generators.Diagnostics;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>Finds the key of a client: on its member, or else on its contract.</summary>
internal static class ClientKeyReader
{
    /// <summary>
    /// The key of a member: the name given by its <c>[Client]</c> with the scope given there; without a name there, the one of the
    /// contract's <c>[HubClient]</c>, whose scope the member may replace.
    /// </summary>
    public static ClientKeyModel? Read(AttributeData client, ISymbol member, ITypeSymbol contract, ProblemReporter problems)
    {
        if (HasErrorIn(client))
            return null; // The compiler says what is wrong with the argument.

        string? name = NameIn(client);
        string? scope = ScopeIn(client);
        if (name is null && contract.OriginalDefinition.FindRuntimeAttribute(WellKnownNames.HubClientAttributeName) is { } contractDefault)
        {
            if (HasErrorIn(contractDefault))
                return null;

            name = NameIn(contractDefault);
            scope ??= ScopeIn(contractDefault);
        }

        if (name is null)
        {
            string reason = $"neither [Client] nor a [HubClient] on '{SourceNames.ShortName(contract)}' gives one";
            problems.Report(AccessorRules.InvalidKey, client, member.Name, reason);
            return null;
        }

        if (FindProblem(name, scope) is { } problem)
        {
            problems.Report(AccessorRules.InvalidKey, client, member.Name, problem);
            return null;
        }

        return new ClientKeyModel(scope, name);
    }

    /// <summary>Checks the default key that a contract carries.</summary>
    public static void CheckDefault(AttributeData hubClient, INamedTypeSymbol contract, ProblemReporter problems)
    {
        if (HasErrorIn(hubClient))
            return;

        string? problem = NameIn(hubClient) is { } name ? FindProblem(name, ScopeIn(hubClient)) : "its name is null";
        if (problem is not null)
            problems.Report(AccessorRules.InvalidKey, hubClient, contract.Name, problem);
    }

    // What the runtime's ClientKey would throw on.
    private static string? FindProblem(string name, string? scope)
    {
        if (string.IsNullOrWhiteSpace(name))
            return "its name is empty";

        return scope is not null && string.IsNullOrWhiteSpace(scope) ? "its scope is empty" : null;
    }

    private static string? NameIn(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string name }, ..] ? name : null;

    private static string? ScopeIn(AttributeData attribute) => attribute.FindNamedText("Scope");

    private static bool HasErrorIn(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error)
        || attribute.NamedArguments.Any(argument => argument.Value.Kind == TypedConstantKind.Error);
}
