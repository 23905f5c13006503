namespace LockFree.Generators.Tests.Documentation;

internal interface IOrders
{
    Task PlaceAsync(string item);
}

[HubClient("billing", Scope = "eu")]
internal interface IBilling;

internal interface IPricing
{
    decimal PriceOf(string item);
}
