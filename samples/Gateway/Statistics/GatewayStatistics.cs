using Contracts;

namespace Gateway.Statistics;

/// <summary>Counts dispatches. The total is the sum over all routes in every report, so one lock guards all three,
/// after the migration as before it: a concurrent map would let a report see one of them without the others.</summary>
public sealed class GatewayStatistics
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _byRoute = new(StringComparer.Ordinal);
    private int _total;
    private int _failed;

    public void Record(string route, bool succeeded)
    {
        lock (_gate)
        {
            _byRoute[route] = _byRoute.GetValueOrDefault(route) + 1;
            _total++;
            if (!succeeded)
                _failed++;
        }
    }

    public StatisticsReport Report()
    {
        lock (_gate)
        {
            return new StatisticsReport(_total, _failed, new SortedDictionary<string, int>(_byRoute, StringComparer.Ordinal));
        }
    }
}
