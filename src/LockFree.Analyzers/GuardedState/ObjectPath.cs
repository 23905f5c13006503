using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// A name for "the same object" within one type: a root (this, a static member, a type, a local, a parameter) and the chain of
/// members followed from it. Two equal paths denote the same object as long as no member of the chain is assigned.
/// An unnameable object has a path too, which equals no other.
/// </summary>
internal sealed class ObjectPath : IEquatable<ObjectPath>
{
    private readonly Root _root;
    private readonly object? _anchor;
    private readonly ImmutableArray<ISymbol> _members;

    private ObjectPath(Root root, object? anchor, ImmutableArray<ISymbol> members)
    {
        _root = root;
        _anchor = anchor;
        _members = members;
    }

    private enum Root
    {
        Owner,
        This,
        Static,
        Type,
        Variable,
        Unknown,
    }

    /// <summary>The instance whose field is spoken of, whichever way the code at hand names it. See <see cref="RelativeTo"/>.</summary>
    public static ObjectPath Owner { get; } = new(Root.Owner, null, ImmutableArray<ISymbol>.Empty);

    /// <summary>The last member of the chain, or the static field itself: null for <c>this</c>, a type, a local or a parameter.</summary>
    public ISymbol? LastMember => _members.Length > 0 ? _members[_members.Length - 1] : _root == Root.Static ? (ISymbol)_anchor! : null;

    /// <summary>Every member the path goes through: none of them may be reassigned, or the path changes its meaning.</summary>
    public IEnumerable<ISymbol> Members => _root == Root.Static ? _members.Prepend((ISymbol)_anchor!) : _members;

    /// <summary>True where the path has a meaning outside the method it was seen in.</summary>
    public bool IsStable => _root is Root.Owner or Root.This or Root.Static or Root.Type;

    /// <summary>True for an object with one name in all instances: a static field (or what hangs from it) or a type.</summary>
    public bool IsStatic => _root is Root.Static or Root.Type;

    /// <summary>True where the analysis could not name the object.</summary>
    public bool IsUnknown => _root == Root.Unknown;

    /// <summary>True for <c>this</c> and for a <c>typeof</c>: objects that code elsewhere can lock as well.</summary>
    public bool IsVisibleByNature => _members.IsEmpty && _root is Root.Owner or Root.This or Root.Type;

    /// <summary>True for <c>this</c> itself and for what hangs from it.</summary>
    public bool StartsAtThis => _root == Root.This;

    public static ObjectPath This(INamedTypeSymbol type) => new(Root.This, type.OriginalDefinition, ImmutableArray<ISymbol>.Empty);

    public static ObjectPath Static(ISymbol member) => new(Root.Static, member.OriginalDefinition, ImmutableArray<ISymbol>.Empty);

    public static ObjectPath Type(ITypeSymbol type) => new(Root.Type, type, ImmutableArray<ISymbol>.Empty);

    public static ObjectPath Variable(ISymbol localOrParameter) => new(Root.Variable, localOrParameter, ImmutableArray<ISymbol>.Empty);

    public static ObjectPath Unknown(IOperation? operation) => new(Root.Unknown, operation ?? new object(), ImmutableArray<ISymbol>.Empty);

    public ObjectPath Append(ISymbol member) => new(_root, _anchor, _members.Add(member.OriginalDefinition));

    /// <summary>
    /// This path as seen from the instance a field belongs to, so that <c>other._gate</c> guarding <c>other._map</c> and
    /// <c>this._gate</c> guarding <c>this._map</c> are the same lock.
    /// </summary>
    public ObjectPath RelativeTo(ObjectPath instance)
    {
        if (IsStatic || _root != instance._root || _members.Length < instance._members.Length || !AnchorEquals(_anchor, instance._anchor))
            return this;
        for (int i = 0; i < instance._members.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(_members[i], instance._members[i]))
                return this;
        }

        return new ObjectPath(Root.Owner, null, _members.RemoveRange(0, instance._members.Length));
    }

    public bool Equals(ObjectPath? other)
    {
        if (other is null || _root != other._root || _members.Length != other._members.Length || !AnchorEquals(_anchor, other._anchor))
            return false;
        for (int i = 0; i < _members.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(_members[i], other._members[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ObjectPath);

    public override int GetHashCode()
    {
        int hash = (int)_root;
        if (_anchor is ISymbol symbol)
            hash = (hash * 31) + SymbolEqualityComparer.Default.GetHashCode(symbol);
        else if (_anchor is not null)
            hash = (hash * 31) + RuntimeHelpers.GetHashCode(_anchor);
        foreach (ISymbol member in _members)
            hash = (hash * 31) + SymbolEqualityComparer.Default.GetHashCode(member);
        return hash;
    }

    /// <summary>
    /// As a person would write it: <c>_gate</c>, <c>other._gate</c>, <c>Cache.Gate</c>, <c>typeof(Cache)</c>, <c>this</c>.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder(_root switch
        {
            Root.Static => ((ISymbol)_anchor!).ContainingType is { } type ? type.Name + "." + ((ISymbol)_anchor!).Name
                : ((ISymbol)_anchor!).Name,
            Root.Type => "typeof(" + ((ISymbol)_anchor!).Name + ")",
            Root.Variable => ((ISymbol)_anchor!).Name,
            Root.Unknown => "?",
            _ => _members.IsEmpty ? "this" : "",
        });
        foreach (ISymbol member in _members)
        {
            if (text.Length > 0)
                text.Append('.');
            text.Append(member.Name);
        }

        return text.ToString();
    }

    private static bool AnchorEquals(object? left, object? right) =>
        left is ISymbol leftSymbol && right is ISymbol rightSymbol
            ? SymbolEqualityComparer.Default.Equals(leftSymbol, rightSymbol)
            : ReferenceEquals(left, right);
}
