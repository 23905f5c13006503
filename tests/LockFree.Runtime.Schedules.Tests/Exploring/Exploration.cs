using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;

namespace LockFree.Schedules;

/// <summary>Runs a scenario again and again, each time with another order of its concurrent steps.</summary>
/// <remarks>
/// <para>A scenario is a static method without parameters that sets up what it needs, runs it to its end, and asserts what must be true in
/// every order (<c>Specification.Assert</c>). A wait that nothing will ever end fails by itself: Coyote knows when every task waits.</para>
/// <para>Under its control are tasks, awaits, locks on objects, volatile and interlocked operations and every access to a field. Not under
/// its control, and so better avoided in scenarios: <c>Task.WhenAll</c> of a parameter list (pass an array), <c>Task.WaitAsync</c> with a
/// token, <c>ContinueWith</c>, channels, <c>System.Threading.Lock</c>.</para>
/// </remarks>
internal static class Exploration
{
    private const uint Schedules = 500;

    // Several times what any seeded bug has needed.
    private const uint SchedulesOfASearch = 4_000;

    /// <summary>Asserts that the scenario holds in every schedule that is tried.</summary>
    public static void AssertHolds(Func<Task> scenario)
    {
        TestReport report = Explore(RewrittenWorld.Faultless.Find(scenario), Schedules);
        Assert.True(report.NumOfFoundBugs == 0, string.Join('\n', report.BugReports));
        Assert.Equal((int)Schedules, report.NumOfExploredFairPaths + report.NumOfExploredUnfairPaths);
    }

    /// <summary>Asserts that the scenario fails in some schedule when the runtime has the fault, and for the reason it should.</summary>
    /// <param name="scenario">The scenario; without the fault it holds.</param>
    /// <param name="bug">The fault.</param>
    /// <param name="message">A part of what the scenario says then.</param>
    public static void AssertFinds(Func<Task> scenario, SeededBug bug, string message)
    {
        TestReport report = Explore(RewrittenWorld.With(bug).Find(scenario), SchedulesOfASearch);
        Assert.True(report.NumOfFoundBugs > 0, $"Not found in {SchedulesOfASearch} schedules.");
        Assert.Contains(message, string.Join('\n', report.BugReports));
    }

    private static TestReport Explore(Func<Task> scenario, uint schedules)
    {
        // Of the kinds of scheduling points, those in front of branches and field accesses are off unless asked for. Without them nothing
        // can come between an interlocked operation and what follows it.
        Configuration configuration = Configuration.Create()
            .WithTestingIterations(schedules)
            .WithRandomGeneratorSeed(1)
            .WithControlFlowRaceCheckingEnabled(true)
            .WithMemoryAccessRaceCheckingEnabled(true)
            .WithTelemetryEnabled(false)
            .WithConsoleLoggingEnabled(false);
        using var engine = TestingEngine.Create(configuration, scenario);
        engine.Run();
        return engine.TestReport;
    }
}
