namespace Contracts;

/// <summary>Dispatches so far. <see cref="Total"/> is the sum of <see cref="ByRoute"/> in every report.</summary>
public sealed record StatisticsReport(int Total, int Failed, IReadOnlyDictionary<string, int> ByRoute);
