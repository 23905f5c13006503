using Contracts;

namespace Backends;

/// <summary>Client of the pricing system.</summary>
public interface IPricing : IBackend
{
    /// <exception cref="BackendException">There is no such item.</exception>
    ValueTask<Quote> QuoteAsync(string item, int quantity, CancellationToken cancellationToken);

    ValueTask<PriceList> PriceListAsync(CancellationToken cancellationToken);
}
