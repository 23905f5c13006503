using System.Collections.Immutable;
using LockFree.Generators.Diagnostics;
using LockFree.Generators.Emission;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// Gives the members of a class their slots. Members with the same key and type share one: a property for the hot path may stand
/// beside a lazy method for the first call, and then the initialiser of either serves both. Members are compared in the order of the source, and placed
/// in the one given.
/// </summary>
internal static class SlotTableReader
{
    public static SlotTable Read(ImmutableArray<ClientDeclaration> clients, GeneratedMembers names, ProblemReporter problems)
    {
        var groups = new Dictionary<ClientKeyModel, List<Group>>();
        var joined = new Dictionary<ClientDeclaration, Group>();
        foreach (ClientDeclaration client in clients.InSourceOrder())
            joined[client] = Join(groups, client, problems);

        ImmutableArray<SlotModel>.Builder slots = ImmutableArray.CreateBuilder<SlotModel>();
        ImmutableArray<(ClientDeclaration, int)>.Builder placed = ImmutableArray.CreateBuilder<(ClientDeclaration, int)>();
        foreach (ClientDeclaration client in clients)
        {
            Group group = joined[client];
            if (IsLazy(client) && group.Initializer is null)
            {
                ReportMissingInitializer(client, problems);
                continue;
            }

            if (group.Slot is not { } slot)
            {
                group.Slot = slot = slots.Count;
                slots.Add(new SlotModel(
                    names.NameField(client.Stem),
                    SourceNames.FullName(client.Contract),
                    client.Key,
                    DocumentationText.ForType(client.Contract),
                    group.Initializer));
            }

            placed.Add((client, slot));
        }

        return new SlotTable(slots.ToImmutable(), placed.ToImmutable());
    }

    private static bool IsLazy(ClientDeclaration client) => client.Kind == ClientMemberKind.LazyMethod;

    private static void ReportMissingInitializer(ClientDeclaration client, ProblemReporter problems)
    {
        // Where one is named and does not serve, that has been reported already.
        if (client.Attribute.FindNamedText("Initializer") is not null)
            return;

        problems.Report(AccessorRules.InvalidInitializer, client.Attribute, client.Member.Name, "a client made on first use needs one");
    }

    private static Group Join(Dictionary<ClientKeyModel, List<Group>> groups, ClientDeclaration client, ProblemReporter problems)
    {
        if (!groups.TryGetValue(client.Key, out List<Group>? sameKey))
            groups.Add(client.Key, sameKey = []);

        Group? group = sameKey.Find(other => SymbolEqualityComparer.Default.Equals(other.First.Contract, client.Contract));
        if (group is not null)
        {
            Join(group, client, problems);
            return group;
        }

        if (sameKey.Count > 0)
        {
            ClientDeclaration other = sameKey[0].First;
            string type = SourceNames.ShortName(other.Contract);
            problems.Report(AccessorRules.KeyWithTwoTypes, client.Attribute, client.Member.Name, other.Member.Name, type);
        }

        group = new Group(client);
        sameKey.Add(group);
        return group;
    }

    private static void Join(Group group, ClientDeclaration client, ProblemReporter problems)
    {
        if (group.Members.Find(other => IsLazy(other) == IsLazy(client)) is { } twin)
            problems.Report(AccessorRules.DuplicateClient, client.Attribute, client.Member.Name, twin.Member.Name);
        if (client.Initializer is not null && group.Initializer is not null && client.Initializer != group.Initializer)
        {
            ClientDeclaration first = group.Members.Find(other => other.Initializer is not null)!;
            string problem = $"'{first.Member.Name}' names another one for the same client";
            problems.Report(AccessorRules.InvalidInitializer, client.Attribute, client.Member.Name, problem);
        }

        group.Initializer ??= client.Initializer;
        group.Members.Add(client);
    }

    private sealed class Group(ClientDeclaration first)
    {
        public ClientDeclaration First => Members[0];

        public List<ClientDeclaration> Members { get; } = [first];

        public string? Initializer { get; set; } = first.Initializer;

        public int? Slot { get; set; }
    }
}
