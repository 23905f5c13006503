namespace LockFree.Benchmarks.Maps;

/// <summary>A value that takes two stores.</summary>
public readonly record struct Value16(long First, long Second);
