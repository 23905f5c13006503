using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>A read that takes every lock of a dictionary.</summary>
/// <param name="Operation">The read.</param>
/// <param name="Map">The dictionary.</param>
/// <param name="Cheaper">What serves instead.</param>
internal sealed record CostlyRead(IOperation Operation, IOperation Map, CheaperRead Cheaper);
