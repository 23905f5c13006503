using System.Collections.Immutable;
using LockFree.Generators.Diagnostics;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>Names the <c>TryGet…</c> methods: one for each slot, called after the first member that has it.</summary>
internal static class TryGetReader
{
    public static EquatableArray<TryGetModel> Read(INamedTypeSymbol type, SlotTable slots, GeneratedMembers names, ProblemReporter problems)
    {
        ImmutableArray<TryGetModel>.Builder methods = ImmutableArray.CreateBuilder<TryGetModel>();
        var isServed = new HashSet<int>();
        var isUsed = new HashSet<string>(StringComparer.Ordinal);
        foreach ((ClientDeclaration client, int slot) in slots.Clients)
        {
            if (!isServed.Add(slot))
                continue;

            string name = "TryGet" + Capitalize(IsStemOfAnother(client, slot, slots) ? client.Member.Name : client.Stem);
            bool isFree = isUsed.Add(name);
            if (!isFree || names.MeetsMethodOfOneParameter(name))
                problems.Report(AccessorRules.MemberLeftOut, client.Member, name, type.Name);
            else
                methods.Add(new TryGetModel(AccessibilityOf(client.Member), name, slot));
        }

        return methods.ToImmutable();
    }

    private static string Capitalize(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    // 'Orders' and 'GetOrders()' may be two clients: then 'TryGetOrders' is that of the property.
    private static bool IsStemOfAnother(ClientDeclaration client, int slot, SlotTable slots) =>
        slots.Clients.Any(other => other.Slot != slot && other.Client.Member.Name == client.Stem);

    // That of the member, whose type may be no more accessible; but nobody derives from a sealed class (CS0628).
    private static string AccessibilityOf(ISymbol member)
    {
        bool isSealed = member.ContainingType.IsSealed;
        return member.DeclaredAccessibility switch
        {
            Accessibility.Public => "public",
            Accessibility.Internal => "internal",
            Accessibility.ProtectedOrInternal => isSealed ? "internal" : "protected internal",
            Accessibility.Protected => isSealed ? "private" : "protected",
            Accessibility.ProtectedAndInternal => isSealed ? "private" : "private protected",
            _ => "private",
        };
    }
}
