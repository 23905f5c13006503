namespace LockFree.Tests.Examples;

internal sealed class LockedCheckout(LockedClients clients)
{
    public Task PlaceAsync(Order order) => clients.Get<IOrders>("orders").PlaceAsync(order); // A lock, a lookup and a cast per request.
}
