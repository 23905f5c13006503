namespace LockFree.Benchmarks.Clients;

/// <summary>The client.</summary>
internal sealed class Orders : IOrders;
