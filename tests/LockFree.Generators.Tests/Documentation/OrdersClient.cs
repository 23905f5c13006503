namespace LockFree.Generators.Tests.Documentation;

internal sealed class OrdersClient(string region) : IOrders
{
    public string Region { get; } = region;

    public List<string> Placed { get; } = [];

    public static Task<OrdersClient> ConnectAsync(string region, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<OrdersClient>(cancellationToken) : Task.FromResult(new OrdersClient(region));

    public Task PlaceAsync(string item)
    {
        Placed.Add(item);
        return Task.CompletedTask;
    }
}
