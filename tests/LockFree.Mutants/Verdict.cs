namespace LockFree.Mutants;

/// <summary>What the tests make of a mutant.</summary>
/// <param name="IsKilled">Whether they noticed.</param>
/// <param name="By">The test that failed, or what else happened.</param>
/// <param name="Output">What the test runner printed.</param>
internal sealed record Verdict(bool IsKilled, string By, string Output);
