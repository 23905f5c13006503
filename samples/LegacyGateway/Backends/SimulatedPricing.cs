using Contracts;

namespace Backends;

/// <summary>A pricing system in memory with a fixed range of goods.</summary>
public sealed class SimulatedPricing(SimulatedBackends backends) : IPricing
{
    private static readonly Dictionary<string, decimal> Prices = new(StringComparer.Ordinal)
    {
        ["apple"] = 0.5m,
        ["bread"] = 3.2m,
        ["coffee"] = 7.9m,
    };

    private int _revision;

    /// <inheritdoc/>
    public ValueTask<bool> PingAsync(CancellationToken cancellationToken) => new(backends.IsAvailable(BackendNames.Pricing));

    /// <inheritdoc/>
    public ValueTask<Quote> QuoteAsync(string item, int quantity, CancellationToken cancellationToken) =>
        Prices.TryGetValue(item, out var price)
            ? new(new Quote(item, quantity, price * quantity))
            : throw new BackendException($"There is no item '{item}'.");

    /// <inheritdoc/>
    public ValueTask<PriceList> PriceListAsync(CancellationToken cancellationToken) =>
        new(new PriceList(Interlocked.Increment(ref _revision), Prices));
}
