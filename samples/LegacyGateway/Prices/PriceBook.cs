using Contracts;

namespace LegacyGateway.Prices;

/// <summary>The latest price list.</summary>
public sealed class PriceBook
{
    private readonly Lock _gate = new();
    private PriceList _latest = PriceList.Empty; // checklist item 2

    public PriceList Latest
    {
        get
        {
            lock (_gate)
            {
                return _latest;
            }
        }
    }

    public void Publish(PriceList prices)
    {
        lock (_gate)
        {
            _latest = prices;
        }
    }
}
