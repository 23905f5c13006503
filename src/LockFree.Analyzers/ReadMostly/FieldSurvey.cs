using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// What the judgement of one plain field asks about all the others, and about the whole type: answered once for all of them, as there may be ten
/// thousand.
/// </summary>
/// <param name="model">The complete model.</param>
internal sealed class FieldSurvey(GuardedStateModel model)
{
    private readonly Dictionary<ISymbol, CellsOfLock> _cells = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<PlainField, bool> _companions = [];
    private readonly Dictionary<ISymbol, bool> _calledElsewhere = new(SymbolEqualityComparer.Default);
    private ILookup<ISymbol?, LockRegion>? _regions;
    private ILookup<(CallFrame Frame, ObjectPath Guard), PlainField>? _readsWithoutLock;
    private ILookup<string, IdentifierNameSyntax>? _names;

    public GuardedStateModel Model { get; } = model;

    /// <summary>What is done in the regions of a lock.</summary>
    public CellsOfLock CellsOf(ISymbol lockField)
    {
        if (!_cells.TryGetValue(lockField, out CellsOfLock? cells))
        {
            _regions ??= Model.Regions.ToLookup(region => region.Lock.LastMember, SymbolEqualityComparer.Default);
            _cells.Add(lockField, cells = new CellsOfLock(_regions[lockField]));
        }

        return cells;
    }

    /// <summary>The fields that are written under the lock only, and that the function reads without it, in the order of their declaration.</summary>
    public IEnumerable<PlainField> ReadWithoutLock(CallFrame frame, ObjectPath guard)
    {
        _readsWithoutLock ??= Model.PlainFields
            .Select(field => (Field: field, Guard: GuardOfWritesTo(field)))
            .Where(written => written.Guard is not null)
            .SelectMany(written => written.Field.Accesses.Where(IsReadWithoutLock).Select(access => access.Frame).Distinct()
                .Select(reader => (Key: (reader, written.Guard!), written.Field)))
            .ToLookup(read => read.Key, read => read.Field);
        return _readsWithoutLock[(frame, guard)];
    }

    /// <summary>True for a field that is read without a lock, by somebody who does not end the object's life, and that nothing orders.</summary>
    public bool IsReadUnordered(PlainField field)
    {
        if (!_companions.TryGetValue(field, out bool isCompanion))
        {
            isCompanion = !field.Field.IsVolatile && !field.Accesses.Any(access => access.IsAtomic)
                && field.Accesses.Any(access => IsReadWithoutLock(access) && !access.Frame.IsTeardown);
            _companions.Add(field, isCompanion);
        }

        return isCompanion;
    }

    /// <summary>Every mention of a name in the type.</summary>
    public IEnumerable<IdentifierNameSyntax> MentionsOf(string name)
    {
        _names ??= Model.Type.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>())
            .ToLookup(mention => mention.Identifier.ValueText, StringComparer.Ordinal);
        return _names[name];
    }

    /// <summary>A type in another file calls it without a receiver, as a derived one would; an override may call what it overrides.</summary>
    public bool IsCalledElsewhere(IMethodSymbol function, Compilation compilation)
    {
        if (!_calledElsewhere.TryGetValue(function, out bool isCalled))
            _calledElsewhere.Add(function, isCalled = FindCallElsewhere(function.Name, compilation));
        return isCalled;
    }

    /// <summary>Once the object is made, and with no lock held.</summary>
    public static bool IsReadWithoutLock(FieldAccess access) =>
        access.Kind == FieldUseKind.Read && access.Held.IsEmpty && !access.InConstruction;

    private static ObjectPath? GuardOfWritesTo(PlainField field) => field.Accesses.Any(access => access.IsAtomic) ? null
        : FieldSuspicion.CommonGuardOf(field.Accesses.Where(access => access.IsWrite && !access.InConstruction));

    private bool FindCallElsewhere(string function, Compilation compilation)
    {
        var own = new HashSet<SyntaxTree>(Model.Family.Types.SelectMany(type => type.DeclaringSyntaxReferences).Select(part => part.SyntaxTree));
        return compilation.SyntaxTrees
            .Where(tree => !own.Contains(tree) && tree.GetText().ToString().IndexOf(function, StringComparison.Ordinal) >= 0)
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>())
            .Any(name => name.Identifier.ValueText == function && name.Parent switch
            {
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => true,
                MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } =>
                    name.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText != function,
                MemberAccessExpressionSyntax => false,
                _ => name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { BaseList: not null },
            });
    }
}
