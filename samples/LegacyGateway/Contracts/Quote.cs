namespace Contracts;

/// <summary>The price of a quantity of one item.</summary>
public sealed record Quote(string Item, int Quantity, decimal Amount);
