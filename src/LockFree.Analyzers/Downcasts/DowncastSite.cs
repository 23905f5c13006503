using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.Downcasts;

/// <summary>One place where what a registry returned is brought to its real type.</summary>
/// <param name="Registry">The member or primary-constructor parameter that was asked.</param>
/// <param name="Kind">How it was asked.</param>
/// <param name="Key">What it was asked for, null when that may differ from call to call.</param>
/// <param name="Target">The type that was asked for.</param>
/// <param name="Lookup">The lookup.</param>
/// <param name="Cast">The cast, the test, or the generic lookup that casts inside.</param>
/// <param name="Member">The member whose body this is.</param>
internal sealed record DowncastSite(
    ISymbol Registry, RegistryKind Kind, LookupKey? Key, ITypeSymbol Target, IOperation Lookup, IOperation Cast, ISymbol Member)
{
    /// <summary>The lambda or local function it runs in, or the member: what runs as one.</summary>
    public object Body => OperationShape.EnclosingFunction(Cast) ?? (object)Member;
}
