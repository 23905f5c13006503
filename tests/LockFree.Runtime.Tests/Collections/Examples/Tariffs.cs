namespace LockFree.Tests.Examples;

internal sealed class Tariffs(Func<string, CancellationToken, ValueTask<PriceList>> load)
{
    private readonly ShardedMap<string, PriceList> _byCountry = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One load of a country at a time, however many ask for it.</summary>
    public ValueTask<PriceList> GetAsync(string country, CancellationToken cancellationToken) =>
        _byCountry.GetOrAddAsync(country, load, cancellationToken);

    /// <summary>Finds what is loaded already by a part of a longer text, without making a string of it.</summary>
    public PriceList? Find(ReadOnlySpan<char> country) =>
        _byCountry.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(country, out var tariff) ? tariff : null;
}
