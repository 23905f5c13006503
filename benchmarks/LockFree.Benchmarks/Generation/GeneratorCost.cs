namespace LockFree.Benchmarks.Generation;

/// <summary>What one run of the generator took.</summary>
/// <param name="OwnSteps">The steps that run the generator's own code, reading, naming and writing.</param>
/// <param name="Compiler">Everything the compiler does to run generators, those steps included.</param>
internal sealed record GeneratorCost(TimeSpan OwnSteps, TimeSpan Compiler);
