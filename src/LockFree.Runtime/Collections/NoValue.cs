namespace LockFree;

/// <summary>What a set stores beside its items.</summary>
internal readonly struct NoValue;
