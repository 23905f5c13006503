using System.Reflection;
using LockFree.CodeFixes.Tests.Equivalence;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>
/// Runs the code before and the code after a fix side by side: the same methods, in the same random order, with the same arguments. Every
/// result, every out argument and every exception must be the same.
/// </summary>
internal static class TwinRun
{
    private static readonly string?[] Texts = ["a", "A", "b", "c", "dd", ""];
    private static readonly string?[] TextsAndNull = [.. Texts, null];

    /// <param name="source">A class Sessions.</param>
    /// <param name="equivalenceKey">Which fix.</param>
    /// <param name="seed">Of the sequence of calls.</param>
    /// <param name="steps">How many calls.</param>
    /// <param name="withNull">Whether null is among the texts; where the types say it is not, the callers keep to it.</param>
    public static async Task VerifyAsync(string source, string equivalenceKey, int seed, int steps = 3000, bool withNull = true)
        => await CompareAsync(source, await CollectionFix.FixAsync(source, equivalenceKey), seed, steps, withNull);

    public static async Task CompareAsync(string before, string after, int seed, int steps, bool withNull)
        => Compare(await CompiledProgram.CompileAsync(before), await CompiledProgram.CompileAsync(after), seed, steps, withNull);

    public static void Compare(CompiledProgram before, CompiledProgram after, int seed, int steps, bool withNull)
    {
        object first = before.New();
        object second = after.New();
        var random = new Random(seed);
        for (int step = 0; step < steps; step++)
        {
            MethodInfo method = before.Methods[random.Next(before.Methods.Count)];
            object?[] arguments = RandomArguments.For(method, random, withNull ? TextsAndNull : Texts);
            string expected = CallOutcome.Of(first, method, arguments);
            string actual = CallOutcome.Of(second, after.Find(method), arguments);
            Assert.True(
                expected == actual,
                $"step {step} of seed {seed}: {CallOutcome.Describe(method, arguments)} gave {expected} before and {actual} after\n{after}");
        }
    }
}
