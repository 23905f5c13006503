namespace Contracts;

/// <summary>What a customer wants: body of a dispatch and of a new order.</summary>
public sealed record PurchaseRequest(string Customer, string Item, int Quantity);
