namespace LockFree.Benchmarks.Maps;

/// <summary>How many percent of the operations do what; those of the public conc-map-bench suite.</summary>
/// <param name="Name">What that suite calls it.</param>
/// <param name="Reads">Looks up any key.</param>
/// <param name="Inserts">Adds the next key.</param>
/// <param name="Removes">Removes the key that has been there longest.</param>
/// <param name="FillPercent">How many percent of the keys are there before; with none, the map is a new one each time, and grows.</param>
internal sealed record OperationMix(string Name, int Reads, int Inserts, int Removes, int FillPercent)
{
    public static readonly OperationMix ReadHeavy = new("ReadHeavy 98/1/1/0", 98, 1, 1, FillPercent: 80);

    public static readonly OperationMix Exchange = new("Exchange 10/40/40/10", 10, 40, 40, FillPercent: 80);

    public static readonly OperationMix RapidGrow = new("RapidGrow 5/80/5/10", 5, 80, 5, FillPercent: 0);
}
