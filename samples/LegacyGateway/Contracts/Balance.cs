namespace Contracts;

/// <summary>What a customer owes.</summary>
public sealed record Balance(string Customer, decimal Amount);
