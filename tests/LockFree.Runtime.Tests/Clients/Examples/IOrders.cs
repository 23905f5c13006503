namespace LockFree.Tests.Examples;

internal interface IOrders
{
    Task PlaceAsync(Order order);
}
