using Contracts;

namespace Backends;

/// <summary>Client of the order system.</summary>
public interface IOrders : IBackend
{
    ValueTask<Order> PlaceAsync(PurchaseRequest request, decimal total, CancellationToken cancellationToken);

    ValueTask<Order?> FindAsync(string id, CancellationToken cancellationToken);

    ValueTask<bool> CancelAsync(string id, CancellationToken cancellationToken);
}
