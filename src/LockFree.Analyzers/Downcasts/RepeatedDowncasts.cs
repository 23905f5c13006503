using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Downcasts;

/// <summary>The same client brought to its type in several places of one type.</summary>
/// <param name="Sites">At least two, in the order of the source.</param>
/// <param name="RegistryNeverChanges">Every use of the registry is seen, and after construction all of them are lookups.</param>
internal sealed record RepeatedDowncast(ImmutableArray<DowncastSite> Sites, bool RegistryNeverChanges)
{
    public DowncastSite First => Sites[0];
}

/// <summary>The verdict of LF6001 over what <see cref="DowncastCollector"/> saw.</summary>
internal static class RepeatedDowncasts
{
    public static ImmutableArray<RepeatedDowncast> Find(DowncastCollector collector)
    {
        var found = ImmutableArray.CreateBuilder<RepeatedDowncast>();
        ILookup<ISymbol, RegistryWrite> writes = collector.Writes.ToLookup(write => write.Registry, SymbolEqualityComparer.Default);
        foreach (IGrouping<ISymbol?, DowncastSite> registry in collector.Sites.GroupBy(site => (ISymbol?)site.Registry, SymbolEqualityComparer.Default))
        {
            RegistryWrite[] ownWrites = writes[registry.Key!].ToArray();
            DowncastSite[] sites = registry.ToArray();
            if (sites[0].Kind != RegistryKind.ClientHub && (HoldsData(sites) || IsHomogeneous(sites) || ComesFromOutside(sites[0], ownWrites)))
                continue;

            ILookup<string?, RegistryWrite> writesAtRunTime = ownWrites.Where(write => !write.InConstruction).ToLookup(write => write.Key?.Identity);
            foreach (IGrouping<(string, ITypeSymbol), DowncastSite> client in sites.Where(InHandler).GroupBy(Identity, ClientComparer.Instance))
            {
                ImmutableArray<DowncastSite> repeated = client.ToImmutableArray();
                if (RunsTwice(repeated) && IsClient(repeated[0]) && !ChangesAtRunTime(repeated, writesAtRunTime) && !repeated.Any(EndedObject.IsIn))
                    found.Add(new RepeatedDowncast(repeated, NeverChanges(registry.Key!, ownWrites)));
            }
        }

        return found.ToImmutable();
    }

    private static (string Key, ITypeSymbol Target) Identity(DowncastSite site) => (site.Key!.Identity, site.Target);

    /// <summary>A cast in a constructor is the one cast we ask for; a key that differs from call to call is no single client.</summary>
    private static bool InHandler(DowncastSite site)
    {
        bool construction = site.Member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } or IFieldSymbol or IPropertySymbol
            && OperationShape.EnclosingFunction(site.Cast) is null;
        return site.Key is not null && !construction;
    }

    private static bool IsClient(DowncastSite site) => site.Kind == RegistryKind.ClientHub || ServiceType.IsService(site.Target);

    /// <summary>Two bodies, or two casts of one body that one run can pass both.</summary>
    private static bool RunsTwice(ImmutableArray<DowncastSite> sites)
    {
        for (int i = 0; i < sites.Length; i++)
        {
            for (int j = i + 1; j < sites.Length; j++)
            {
                bool sameBody = Equals(sites[i].Body, sites[j].Body);
                if (!sameBody || !ExclusivePaths.Exclude(sites[i].Cast, sites[j].Cast))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Numbers, strings or arrays come out of it: a property bag or wire data.</summary>
    private static bool HoldsData(DowncastSite[] sites) => sites.Any(site => ServiceType.IsPlainData(site.Target));

    /// <summary>Every value is cast to one type whatever its key: the dictionary wants a better type, not a slot for each client.</summary>
    private static bool IsHomogeneous(DowncastSite[] sites)
        => sites.Select(site => site.Target).Distinct(SymbolEqualityComparer.Default).Count() == 1
            && (sites.Any(site => site.Key is null) || sites.Select(site => site.Key!.Identity).Distinct().Count() > 1);

    /// <summary>A dictionary that was handed in and whose name says nothing of clients is somebody's data until proved otherwise.</summary>
    private static bool ComesFromOutside(DowncastSite site, RegistryWrite[] writes)
    {
        if (site.Kind != RegistryKind.Dictionary || NameWords.SuggestRegistry(site.Registry.Name))
            return false;

        return site.Registry is IParameterSymbol || writes.Any(write => write.Effect == RegistryEffect.Assign && !Creates(write.Operation));
    }

    private static bool Creates(IOperation assignment)
        => assignment is Microsoft.CodeAnalysis.Operations.IAssignmentOperation { Value: var value }
            && OperationShape.WithoutImplicitConversions(value) is Microsoft.CodeAnalysis.Operations.IObjectCreationOperation;

    /// <summary>The entry is removed, or stored again, while the handlers run: it is state that must be looked up each time.</summary>
    private static bool ChangesAtRunTime(ImmutableArray<DowncastSite> sites, ILookup<string?, RegistryWrite> writesAtRunTime)
    {
        RegistryWrite[] sameKey = writesAtRunTime[sites[0].Key!.Identity].ToArray();
        return sameKey.Any(write => write.Effect == RegistryEffect.Remove)
            || sameKey.Length > 1
            || sameKey.Any(write => sites.Any(site => SymbolEqualityComparer.Default.Equals(site.Member, write.Member)));
    }

    private static bool NeverChanges(ISymbol registry, RegistryWrite[] writes)
        => registry is IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private }
            && writes.All(write => write.InConstruction && write.Effect is RegistryEffect.Assign or RegistryEffect.Store);

    private sealed class ClientComparer : IEqualityComparer<(string Key, ITypeSymbol Target)>
    {
        public static readonly ClientComparer Instance = new();

        public bool Equals((string Key, ITypeSymbol Target) x, (string Key, ITypeSymbol Target) y)
            => x.Key == y.Key && SymbolEqualityComparer.Default.Equals(x.Target, y.Target);

        public int GetHashCode((string Key, ITypeSymbol Target) value)
            => unchecked(value.Key.GetHashCode() * 31 + SymbolEqualityComparer.Default.GetHashCode(value.Target));
    }
}
