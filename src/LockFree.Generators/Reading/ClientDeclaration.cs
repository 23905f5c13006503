using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>A member that declares a client, found to be well formed. It holds symbols and so never leaves the reader.</summary>
/// <param name="Member">The partial property or method.</param>
/// <param name="Attribute">Its <c>[Client]</c>.</param>
/// <param name="Kind">Its shape.</param>
/// <param name="Signature">The head of the implementing part.</param>
/// <param name="Contract">The client's type, without an annotation of its own.</param>
/// <param name="Key">The client's key.</param>
/// <param name="Initializer">The method group that makes the client.</param>
/// <param name="IsDocumented">Whether the declaration has documentation.</param>
internal sealed record ClientDeclaration(
    ISymbol Member,
    AttributeData Attribute,
    ClientMemberKind Kind,
    string Signature,
    ITypeSymbol Contract,
    ClientKeyModel Key,
    string? Initializer,
    bool IsDocumented)
{
    /// <summary>The client's name as far as the member's name tells: without the <c>Get</c> and <c>Async</c> of a method.</summary>
    public string Stem
    {
        get
        {
            string name = Member.Name;
            bool isGetter = name.Length > 3 && name.StartsWith("Get", StringComparison.Ordinal) && !char.IsLower(name[3]);
            bool isAsync = name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal);
            return Kind switch
            {
                ClientMemberKind.Method when isGetter => name.Substring(3),
                ClientMemberKind.LazyMethod when isAsync => name.Substring(0, name.Length - 5),
                _ => name,
            };
        }
    }

    /// <summary>The cancellation token of a lazy method.</summary>
    public string? Parameter => Kind == ClientMemberKind.LazyMethod
        ? SourceNames.Identifier(((IMethodSymbol)Member).Parameters[0].Name)
        : null;
}
