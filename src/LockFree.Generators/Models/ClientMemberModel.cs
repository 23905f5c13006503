namespace LockFree.Generators.Models;

/// <summary>The implementing part of one member.</summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Signature">Modifiers, type and name, and for a method its parameters: exactly as declared, with full names.</param>
/// <param name="Parameter">The cancellation token of a <see cref="ClientMemberKind.LazyMethod"/>.</param>
/// <param name="Slot">The index of its slot.</param>
/// <param name="IsDocumented">Whether the declaration has documentation, which that of the implementing part would replace.</param>
internal sealed record ClientMemberModel(ClientMemberKind Kind, string Signature, string? Parameter, int Slot, bool IsDocumented);
