using System.Collections.Immutable;
using LockFree.Generators.Models;

namespace LockFree.Generators.Reading;

/// <summary>The clients of a class that can be generated.</summary>
/// <param name="Slots">One for each key and type.</param>
/// <param name="Clients">The declarations, each with the index of its slot.</param>
internal sealed record SlotTable(ImmutableArray<SlotModel> Slots, ImmutableArray<(ClientDeclaration Client, int Slot)> Clients)
{
    public EquatableArray<ClientMemberModel> Members => Clients
        .Select(static pair => new ClientMemberModel(
            pair.Client.Kind, pair.Client.Signature, pair.Client.Parameter, pair.Slot, pair.Client.IsDocumented))
        .ToImmutableArray();
}
