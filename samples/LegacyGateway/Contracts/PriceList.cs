namespace Contracts;

/// <summary>All prices of one moment. Each list fetched from the pricing system has the next revision.</summary>
public sealed record PriceList(int Revision, IReadOnlyDictionary<string, decimal> Prices)
{
    /// <summary>What is shown before the first list has been fetched.</summary>
    public static PriceList Empty { get; } = new(0, new Dictionary<string, decimal>());
}
