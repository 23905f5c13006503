namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>
/// Asserts that code after a fix, run by several threads, does nothing that the code before it, run by one thread, could not have done in some order.
/// </summary>
internal static class EquivalentInEveryHistory
{
    /// <param name="before">A class Sessions: the specification.</param>
    /// <param name="after">The same after the fix.</param>
    /// <param name="seed">Of the histories.</param>
    /// <param name="perMethod">How many histories call a method more often than the others.</param>
    /// <param name="runAlone">Methods that only run while nobody else does.</param>
    /// <param name="runLast">Methods that end each history.</param>
    /// <param name="mayDoNothing">Methods without a result that may also do nothing.</param>
    public static async Task VerifyAsync(
        string before, string after, int seed, int perMethod = 12, string[]? runAlone = null, string[]? runLast = null, string[]? mayDoNothing = null)
    {
        CompiledProgram specification = await CompiledProgram.CompileAsync(before);
        CompiledProgram program = await CompiledProgram.CompileAsync(PacedSource.With(after));
        var run = new ConcurrentRun(program, seed) { RunAlone = runAlone ?? [], RunLast = runLast ?? [] };
        foreach (IReadOnlyList<RecordedCall> history in run.Histories(perMethod))
        {
            Assert.True(
                Linearizability.HasOrder(specification, history, mayDoNothing ?? []),
                $"No order explains this history, of seed {seed}:\n{string.Join("\n", history)}\n{after}");
        }
    }
}
