using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.Downcasts;

/// <summary>
/// Reads the bodies of one type and keeps every downcast of a registry's answer, and what the type does to its registries besides asking
/// them. Bodies may be added from several threads.
/// </summary>
internal sealed class DowncastCollector(INamedTypeSymbol type, ClientRegistries registries)
{
    private readonly ConcurrentBag<DowncastSite> _sites = new();
    private readonly ConcurrentBag<RegistryWrite> _writes = new();

    /// <summary>In the order of the source: by file, then by position.</summary>
    public ImmutableArray<DowncastSite> Sites => _sites
        .OrderBy(site => site.Cast.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(site => site.Cast.Syntax.SpanStart)
        .ToImmutableArray();

    public ImmutableArray<RegistryWrite> Writes => _writes.ToImmutableArray();

    public void Add(ISymbol member, IOperation block)
    {
        var results = new Dictionary<ILocalSymbol, RegistryRead>(SymbolEqualityComparer.Default);
        var reassigned = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        var written = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        var castsOfLocals = new List<(IOperation Cast, ILocalSymbol Local, ITypeSymbol Target)>();
        bool own = SymbolEqualityComparer.Default.Equals(member.ContainingType, type);

        foreach (IOperation operation in block.DescendantsAndSelf())
        {
            NoteLocalWrite(operation, written, reassigned);
            NoteRegistryUse(operation, member);
            if (!own)
                continue;

            if (RegistryRead.Of(operation, registries) is { } read && ResultLocal(read) is { } local)
                results[local] = read;

            if (GenericLookup(operation, member) is { } lookup)
                _sites.Add(lookup);
            else if (Downcast(operation) is var (value, target))
            {
                if (RegistryRead.Of(value, registries) is { Result: null } direct)
                    _sites.Add(new DowncastSite(direct.Registry, direct.Kind, direct.Key, target, direct.Operation, operation, member));
                else if (value is ILocalReferenceOperation reference)
                    castsOfLocals.Add((operation, reference.Local, target));
            }
        }

        // A local cast twice is one lookup: what repeats there is for the compiler's own rules to say.
        var seen = new HashSet<RegistryRead>();
        foreach ((IOperation cast, ILocalSymbol local, ITypeSymbol target) in castsOfLocals)
        {
            if (results.TryGetValue(local, out RegistryRead? read) && !reassigned.Contains(local) && seen.Add(read))
                _sites.Add(new DowncastSite(read.Registry, read.Kind, read.Key, target, read.Operation, cast, member));
        }
    }

    /// <summary>The local that holds the answer: an <c>out</c> local, or the one the lookup initialises.</summary>
    private static ILocalSymbol? ResultLocal(RegistryRead read)
    {
        if (read.Result is not null)
            return read.Result;

        return read.Operation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? declarator.Symbol : null;
    }

    /// <summary>An explicit reference conversion, <c>as</c>, <c>is T</c> or a type pattern: never an unboxing, never a user's own conversion.</summary>
    private static (IOperation Value, ITypeSymbol Target)? Downcast(IOperation operation)
    {
        switch (operation)
        {
            case IConversionOperation { IsImplicit: false, OperatorMethod: null, Type: { } target } conversion
                when IsDowncast(conversion.Operand.Type, target):
                return (conversion.Operand, target);

            case IIsTypeOperation { TypeOperand: { } target } test:
                return (test.ValueOperand, target);

            case IIsPatternOperation pattern when TestedType(pattern.Pattern) is { } target:
                return (pattern.Value, target);

            default:
                return null;
        }
    }

    private static bool IsDowncast(ITypeSymbol? from, ITypeSymbol to)
        => from is not null && from.IsReferenceType && !SymbolEqualityComparer.Default.Equals(from, to);

    /// <summary><c>is Colour.Red</c> compares with a constant: only patterns that name a type count.</summary>
    private static ITypeSymbol? TestedType(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => TestedType(negated.Pattern),
        IDeclarationPatternOperation { MatchesNull: false, MatchedType: { } type } => type,
        ITypePatternOperation type => type.MatchedType,
        IRecursivePatternOperation { MatchedType: { } type } => type,
        _ => null,
    };

    /// <summary><c>hub.Get&lt;T&gt;(key)</c> and its kind on LockFree's own hub.</summary>
    private DowncastSite? GenericLookup(IOperation operation, ISymbol member)
    {
        if (operation is not IInvocationOperation { TargetMethod: { TypeArguments: [{ } target], Name: "Get" or "TryGet" or "GetOrInitAsync" } } call)
            return null;

        ISymbol? registry = OperationShape.OwnState(call.Instance);
        if (!registries.TryGetKind(registry, out RegistryKind kind) || kind != RegistryKind.ClientHub || call.Arguments.IsEmpty)
            return null;

        return new DowncastSite(registry!, kind, LookupKey.Of(call.Arguments[0].Value), target, call, call, member);
    }

    private static void NoteLocalWrite(IOperation operation, HashSet<ILocalSymbol> written, HashSet<ILocalSymbol> reassigned)
    {
        ILocalSymbol? local = operation switch
        {
            IVariableDeclaratorOperation { Initializer: not null } declarator => declarator.Symbol,
            IAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: ILocalReferenceOperation argument } => argument.Local,
            IArgumentOperation { Value: IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared } } => declared.Local,
            _ => null,
        };
        if (local is not null && !written.Add(local))
            reassigned.Add(local);
    }

    private void NoteRegistryUse(IOperation operation, ISymbol member)
    {
        if (operation is not (IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation))
            return;

        ISymbol? state = operation switch
        {
            IMemberReferenceOperation reference => reference.Member,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (registries.TryGetKind(state, out _) && RegistryWrite.Of(state!, operation, member) is { } write)
            _writes.Add(write);
    }
}
