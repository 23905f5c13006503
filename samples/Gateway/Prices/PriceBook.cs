using Contracts;
using LockFree;

namespace Gateway.Prices;

/// <summary>The latest price list.</summary>
public sealed class PriceBook
{
    private readonly SwapCell<PriceList> _latest = new(PriceList.Empty);

    public PriceList Latest => _latest.Load();

    public void Publish(PriceList prices) => _latest.Store(prices);
}
