using System.Diagnostics;
using System.Globalization;

namespace LockFree.Tests.Collections.Histories;

/// <summary>
/// How long a soak test goes on: a few rounds, or for as many minutes as the environment variable <c>LOCKFREE_SOAK_MINUTES</c> says, with other random
/// numbers every time.
/// </summary>
internal sealed class Soak(int rounds)
{
    private static readonly TimeSpan? Duration = Environment.GetEnvironmentVariable("LOCKFREE_SOAK_MINUTES") is { Length: > 0 } minutes
        ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
        : null;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly int _firstSeed = Duration is null ? 1_000_000 : Random.Shared.Next(2_000_000, 1_000_000_000);
    private int _round;

    /// <summary>A seed for this round; the following hundred are free, too.</summary>
    public int Seed => _firstSeed + (_round * 100);

    public bool GoesOn()
    {
        _round++;
        return Duration is { } duration ? _watch.Elapsed < duration : _round <= rounds;
    }
}
