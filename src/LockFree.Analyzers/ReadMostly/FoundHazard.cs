using LockFree.Analyzers.GuardedState;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>What may happen to one reader of a field.</summary>
/// <param name="Hazard">What it is.</param>
/// <param name="Read">The read that holds no lock.</param>
/// <param name="Companion">The other field that matters, where one does.</param>
internal sealed record FoundHazard(PublicationHazard Hazard, FieldAccess Read, PlainField? Companion = null);
