namespace LockFree.Benchmarks.Clients;

/// <summary>A client's contract.</summary>
internal interface IOrders;
