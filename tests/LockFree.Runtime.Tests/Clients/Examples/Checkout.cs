namespace LockFree.Tests.Examples;

internal sealed class Checkout(ClientHub hub)
{
    private readonly ClientSlot<IOrders> _orders = hub.Slot<IOrders>(ClientKey.Global("orders"));

    public Task PlaceAsync(Order order) => _orders.Value.PlaceAsync(order); // A field, a volatile read, a null check.
}
