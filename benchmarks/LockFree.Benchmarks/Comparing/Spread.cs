namespace LockFree.Benchmarks.Comparing;

/// <summary>What is in the middle of many measurements, and between which values the middle half of them lies.</summary>
internal sealed record Spread(double LowerQuartile, double Median, double UpperQuartile)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);

        // Not interpolated where there is nothing in between: infinity minus infinity is no number.
        return sorted[below].Equals(sorted[above]) ? sorted[below] : sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
