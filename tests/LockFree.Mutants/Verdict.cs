namespace LockFree.Mutants;

/// <summary>What the tests make of an assembly.</summary>
/// <param name="Kind">How they end.</param>
/// <param name="By">The test that failed, or what else happened.</param>
/// <param name="Ran">How many tests passed or failed.</param>
/// <param name="Output">What the test runner printed.</param>
internal sealed record Verdict(VerdictKind Kind, string By, int Ran, string Output);
