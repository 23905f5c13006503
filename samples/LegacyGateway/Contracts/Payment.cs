namespace Contracts;

/// <summary>A payment; its id is the caller's, so that a repeated message can be told.</summary>
public sealed record Payment(string Id, decimal Amount);
