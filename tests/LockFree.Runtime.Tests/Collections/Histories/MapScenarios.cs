namespace LockFree.Tests.Collections.Histories;

/// <summary>The rounds that are worth running: which contents meet which kind of traffic.</summary>
internal static class MapScenarios
{
    private static readonly (int, int, int) Updates = (50, 50, 0);
    private static readonly (int, int, int) Churn = (10, 45, 45);

    private delegate string? Rounds(IExecution execution, int threads, int rounds, int firstSeed);

    private static readonly Dictionary<string, Rounds> Scheduled = new()
    {
        ["atomic, one key"] = Of(MapContents.Atomic, new Scenario { Keys = 1 }),
        ["atomic, few keys"] = Of(MapContents.Atomic, new Scenario()),
        ["atomic, churn in one bucket"] = Of(MapContents.AtomicColliding, new Scenario { Mix = Churn }),
        ["atomic, overflow"] = Of(MapContents.AtomicColliding, new Scenario { Prefilled = 6 }),
        ["atomic, long chain"] = Of(MapContents.AtomicColliding, new Scenario { Prefilled = 20, Keys = 2, Mix = Churn }),
        ["atomic, growth"] = Of(MapContents.Atomic, new Scenario { FillEvery = 2, Keys = 2 }),
        ["atomic, walk"] = Of(MapContents.AtomicColliding, new Scenario { WalkEvery = 2, Prefilled = 4, Mix = Churn }),
        ["atomic, growth and walk"] = Of(MapContents.Atomic, new Scenario { FillEvery = 2, WalkEvery = 2, Mix = Churn }),
        ["atomic, reshape and walk"] = Of(MapContents.Atomic, new Scenario { FillEvery = 4, ReshapeEvery = 4, WalkEvery = 2, Mix = Churn }),
        ["wide, one key"] = Of(MapContents.Wide, new Scenario { Keys = 1, Mix = Updates }),
        ["wide, few keys"] = Of(MapContents.WideColliding, new Scenario()),
        ["wide, updates"] = Of(MapContents.WideColliding, new Scenario { Mix = Updates }),
        ["wide, churn"] = Of(MapContents.WideColliding, new Scenario { Mix = Churn }),
        ["wide, overflow"] = Of(MapContents.WideColliding, new Scenario { Prefilled = 5 }),
        ["wide, overflow and walk"] = Of(MapContents.WideColliding, new Scenario { Prefilled = 5, WalkEvery = 2, Mix = Updates }),
        ["wide, growth"] = Of(MapContents.Wide, new Scenario { FillEvery = 2 }),
        ["wide, growth and walk"] = Of(MapContents.Wide, new Scenario { FillEvery = 2, WalkEvery = 4 }),
        ["wide, growth of one chain"] = Of(MapContents.WideColliding, new Scenario { FillEvery = 2, WalkEvery = 8 }),
        ["wide, reshape"] = Of(MapContents.Wide, new Scenario { FillEvery = 4, ReshapeEvery = 4, WalkEvery = 3 }),
        ["wide, reshaped all the time"] = Of(MapContents.Wide, new Scenario { Keys = 2, ReshapeEvery = 1, Mix = Churn }),
        ["wide, emptied"] = Of(MapContents.WideColliding, new Scenario { EmptyEvery = 4, Prefilled = 3 }),
        ["wide, emptied and reshaped"] = Of(MapContents.Wide, new Scenario { EmptyEvery = 4, ReshapeEvery = 3, FillEvery = 3 }),
        ["wide, beside a move that never ends"] = Of(MapContents.WideStuck, new Scenario { IsStuck = true, Mix = Churn }),
        ["wide key, beside a move that never ends"] = Of(MapContents.WideKeyAtomicValueStuck, new Scenario { IsStuck = true, Mix = Churn }),
        ["wide, emptied beside a move that never ends"] = Of(MapContents.WideStuck, new Scenario { IsStuck = true, EmptyEvery = 8, WalkEvery = 4 }),
        ["wide, looked up by number"] = Of(MapContents.WideNumbered, new Scenario { FillEvery = 4 }),
        ["wide, emptied and shrunk"] = Of(MapContents.Wide, new Scenario { EmptyEvery = 6, ReshapeEvery = 2, Keys = 2 }),
        ["bulky, churn"] = Of(MapContents.Bulky, new Scenario { Keys = 2, Mix = Churn }),
        ["bulky, overflow"] = Of(MapContents.Bulky, new Scenario { Prefilled = 5, WalkEvery = 4 }),
        ["bulky, growth of one chain"] = Of(MapContents.Bulky, new Scenario { FillEvery = 2, WalkEvery = 8, Mix = Churn }),
        ["bulky key, atomic value, overflow"] = Of(MapContents.BulkyKeyAtomicValue, new Scenario { Prefilled = 6, Mix = Churn }),
        ["crowded, overflow"] = Of(MapContents.Crowded, new Scenario { Prefilled = 6, WalkEvery = 4, Mix = Churn }),
        ["crowded, growth of one chain"] = Of(MapContents.Crowded, new Scenario { Prefilled = 5, FillEvery = 4, WalkEvery = 8, Mix = Churn }),
        ["crowded, emptied and reshaped"] = Of(MapContents.Crowded, new Scenario { FillEvery = 3, ReshapeEvery = 4, EmptyEvery = 6, Mix = Churn }),
        ["crowded and wide, reshaped"] = Of(MapContents.CrowdedWide, new Scenario { Prefilled = 4, FillEvery = 6, ReshapeEvery = 3, WalkEvery = 5 }),
        ["items of a set"] = Of(MapContents.Items, new Scenario { FillEvery = 4, WalkEvery = 8, EmptyEvery = 16, Mix = Churn }),
        ["wide key, atomic value"] = Of(MapContents.WideKeyAtomicValue, new Scenario { FillEvery = 4 }),
        ["references"] = Of(MapContents.References, new Scenario { FillEvery = 4, WalkEvery = 4, ReshapeEvery = 8 }),
        ["references, walk"] = Of(MapContents.References, new Scenario { Keys = 6, FillEvery = 6, WalkEvery = 2, Mix = Churn }),
        ["references, emptied"] = Of(MapContents.References, new Scenario { FillEvery = 4, EmptyEvery = 6, Mix = Churn }),
        ["structs with references, overflow"] = Of(MapContents.Mixed, new Scenario { Prefilled = 5, WalkEvery = 4 }),
    };

    /// <summary>What only threads can do that may block, since the thread pool knows no schedule.</summary>
    private static readonly Dictionary<string, Rounds> Blocking = new()
    {
        ["atomic, asynchronous"] = Of(MapContents.Atomic, new Scenario { IsAsync = true, FillEvery = 8, CallsPerThread = 24 }),
        ["wide, asynchronous"] = Of(MapContents.WideColliding, new Scenario { IsAsync = true, CallsPerThread = 24 }),
    };

    /// <summary>The scenarios that can be run under any schedule.</summary>
    public static IEnumerable<string> AllScheduled => Scheduled.Keys;

    public static IEnumerable<string> All => [.. Scheduled.Keys, .. Blocking.Keys];

    public static TheoryData<string> Names => [.. Scheduled.Keys];

    public static TheoryData<string> BlockingNames => [.. Blocking.Keys];

    /// <summary>Runs the rounds of one scenario; the first failure, or null.</summary>
    public static string? Run(string name, IExecution execution, int threads, int rounds, int firstSeed = 1) =>
        (Scheduled.GetValueOrDefault(name) ?? Blocking[name])(execution, threads, rounds, firstSeed);

    private static Rounds Of<TKey, TValue>(Contents<TKey, TValue> contents, Scenario scenario)
        where TKey : notnull =>
        (execution, threads, rounds, firstSeed) =>
            MapRounds.FindFailure(scenario with { Threads = threads }, contents, execution, rounds, firstSeed);
}
