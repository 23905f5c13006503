using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Generators.Models;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Generators.Diagnostics;

/// <summary>The keys that the accessors classes of one compilation use, to find those that two classes use with different types.</summary>
internal sealed class KeyUses
{
    private readonly ConcurrentBag<ClientDeclaration> _clients = new();

    /// <summary>Adds the clients of one class. May be called from many threads at once.</summary>
    public void Add(ImmutableArray<ClientDeclaration> clients)
    {
        foreach (ClientDeclaration client in clients)
        {
            // What a type parameter stands for differs from use to use.
            if (!ContainsTypeParameter(client.Contract))
                _clients.Add(client);
        }
    }

    /// <summary>Reports every client whose key an earlier class has with another type; earlier in the order of the source.</summary>
    public void Report(CompilationAnalysisContext context)
    {
        var problems = new ProblemReporter(context.ReportDiagnostic);
        foreach (IGrouping<ClientKeyModel, ClientDeclaration> sameKey in _clients.GroupBy(client => client.Key))
        {
            ClientDeclaration[] inOrder = sameKey.InSourceOrder().ToArray();
            ClientDeclaration first = inOrder[0];
            foreach (ClientDeclaration client in inOrder.Where(client => IsOtherTypeElsewhere(client, first)))
            {
                string firstName = $"{first.Member.ContainingType.Name}.{first.Member.Name}";
                string firstType = SourceNames.ShortName(first.Contract);
                problems.Report(AccessorRules.KeyWithTwoTypesElsewhere, client.Attribute, client.Member.Name, firstName, firstType);
            }
        }
    }

    private static bool IsOtherTypeElsewhere(ClientDeclaration client, ClientDeclaration first) =>
        !SymbolEqualityComparer.Default.Equals(client.Contract, first.Contract)
        && !SymbolEqualityComparer.Default.Equals(client.Member.ContainingType, first.Member.ContainingType);

    private static bool ContainsTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => ContainsTypeParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(ContainsTypeParameter)
            || (named.ContainingType is { } container && ContainsTypeParameter(container)),
        _ => false,
    };
}
