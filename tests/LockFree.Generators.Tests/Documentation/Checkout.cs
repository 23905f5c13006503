namespace LockFree.Generators.Tests.Documentation;

internal sealed class Checkout(ShopClients clients)
{
    public async Task PlaceAsync(string item, CancellationToken cancellationToken)
    {
        var pricing = await clients.PricingAsync(cancellationToken);
        if (pricing.PriceOf(item) > 0)
            await clients.Orders.PlaceAsync(item); // A field, a volatile read, a null check.
    }
}
