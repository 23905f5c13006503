namespace LockFree.Generators.Models;

/// <summary>A public member of a record.</summary>
/// <param name="Name">Its plain name, as it is printed.</param>
/// <param name="Slot">The index of its slot where it is a client.</param>
internal sealed record PrintedMemberModel(string Name, int? Slot);
