using System.Diagnostics;
using System.Reflection;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>
/// Runs short random histories of two or three threads against a program. Every history begins with calls of one thread and ends with calls of one
/// thread, which show what the concurrent ones have left behind.
/// </summary>
/// <param name="program">What runs concurrently; compiled with <see cref="PacedSource"/>.</param>
/// <param name="seed">Of the histories, though not of what the threads make of them.</param>
internal sealed class ConcurrentRun(CompiledProgram program, int seed)
{
    private static readonly string[] Texts = ["a", "b"];

    private readonly Random _random = new(seed);

    /// <summary>Names of methods that only run while nobody else does.</summary>
    public IReadOnlyCollection<string> RunAlone { get; init; } = [];

    /// <summary>Names of methods that end a history, called for every key if they take one.</summary>
    public IReadOnlyCollection<string> RunLast { get; init; } = [];

    /// <summary>The histories, one after the other: each method in its turn is called more often than the rest.</summary>
    public IEnumerable<IReadOnlyList<RecordedCall>> Histories(int perMethod)
    {
        program.PaceWith(Pacing.Point);
        MethodInfo[] together = [.. program.Methods.Where(method => !RunAlone.Contains(method.Name))];
        MethodInfo[] last = [.. program.Methods.Where(method => RunLast.Contains(method.Name))];
        using var crew = new Crew(3);
        for (int index = 0; index < perMethod * together.Length; index++)
        {
            MethodInfo focus = together[index % together.Length];
            object target = program.New();
            RecordedCall[] setUp = Calls(0, _random.Next(3), () => together[_random.Next(together.Length)]);
            RecordedCall[][] parallel = [.. Enumerable.Range(1, _random.Next(2, 4)).Select(
                thread => Calls(thread, _random.Next(1, 4), () => _random.Next(2) == 0 ? focus : together[_random.Next(together.Length)]))];
            RecordedCall[] end = [.. last.SelectMany(Last)];

            Perform(target, setUp);
            crew.Run([.. parallel.Select((calls, thread) => (Action)(() =>
            {
                Pacing.Begin(seed + index * 4 + thread);
                Perform(target, calls);
            }))]);
            Perform(target, end);
            yield return [.. setUp, .. parallel.SelectMany(calls => calls), .. end];
        }
    }

    private RecordedCall[] Calls(int thread, int count, Func<MethodInfo> choose)
        => [.. Enumerable.Range(0, count).Select(_ => choose()).Select(method => new RecordedCall(thread, method, RandomArguments.For(method, _random, Texts)))];

    /// <summary>Once for each text, if the method takes one.</summary>
    private IEnumerable<RecordedCall> Last(MethodInfo method)
        => (method.GetParameters().Length == 0 ? Texts[..1] : Texts).Select(text => new RecordedCall(0, method, RandomArguments.For(method, _random, [text])));

    private static void Perform(object target, RecordedCall[] calls)
    {
        foreach (RecordedCall call in calls)
        {
            call.Invoked = Stopwatch.GetTimestamp();
            call.Outcome = CallOutcome.Of(target, call.Method, call.Arguments);
            call.Returned = Stopwatch.GetTimestamp();
        }
    }
}
