using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>What happens to the fields of a type elsewhere, under a lock or by reference: looked up once, as every update of a field asks.</summary>
/// <param name="model">The complete model.</param>
internal sealed class LockedChanges(GuardedStateModel model)
{
    private readonly Dictionary<INamedTypeSymbol, ILookup<string, ArgumentSyntax>> _references = new(SymbolEqualityComparer.Default);
    private HashSet<SyntaxNode>? _happenings;
    private Dictionary<ISymbol, LockRegion>? _regions;
    private bool? _takesNamedLocks;

    /// <summary>True where some lock of the type has a name.</summary>
    public bool TakesNamedLocks => _takesNamedLocks ??= model.Regions.Any(region => !region.Lock.IsUnknown);

    /// <summary>True for what happens in a region, in one of its helpers perhaps.</summary>
    public bool AreUnderLock(SyntaxNode operation)
    {
        _happenings ??= new HashSet<SyntaxNode>(model.Regions.SelectMany(region => region.Events).Select(happening => happening.Operation.Syntax));
        return _happenings.Contains(operation);
    }

    /// <summary>The first region, of a lock with a name, in which the field is written; null where there is none.</summary>
    public LockRegion? RegionThatWrites(IFieldSymbol field)
    {
        _regions ??= FirstWrites();
        return _regions.TryGetValue(field, out LockRegion? region) ? region : null;
    }

    /// <summary>The arguments in the field's type that hand on, by reference, something of the field's name.</summary>
    public IEnumerable<ArgumentSyntax> ReferencesTo(IFieldSymbol field)
    {
        if (!_references.TryGetValue(field.ContainingType, out ILookup<string, ArgumentSyntax>? references))
        {
            references = field.ContainingType.DeclaringSyntaxReferences
                .SelectMany(part => part.GetSyntax().DescendantNodes().OfType<ArgumentSyntax>())
                .Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword))
                .ToLookup(argument => NameOf(argument.Expression) ?? "", StringComparer.Ordinal);
            _references.Add(field.ContainingType, references);
        }

        return references[field.Name];
    }

    /// <summary>The last part of a name; null for any other expression.</summary>
    public static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private Dictionary<ISymbol, LockRegion> FirstWrites()
    {
        var first = new Dictionary<ISymbol, LockRegion>(SymbolEqualityComparer.Default);
        foreach (LockRegion region in model.Regions.Where(region => !region.Lock.IsUnknown))
        {
            foreach (RegionEvent happening in region.Events)
            {
                if (happening is { Kind: RegionEventKind.OtherField, IsWrite: true, Symbol.OriginalDefinition: { } written } && !first.ContainsKey(written))
                    first.Add(written, region);
            }
        }

        return first;
    }
}
