namespace Contracts;

/// <summary>An order as the order system keeps it.</summary>
public sealed record Order(string Id, string Customer, string Item, int Quantity, decimal Total);
