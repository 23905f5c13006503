using LockFree.Generators.Models;

namespace LockFree.Generators.Caching;

/// <summary>What one declaration was read as, and what the rest of the project declared at that time.</summary>
internal sealed record ReadAccessors(DeclarationVersion Version, AccessorsReading Reading);
