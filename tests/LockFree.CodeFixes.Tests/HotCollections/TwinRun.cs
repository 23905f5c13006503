using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace LockFree.CodeFixes.Tests.HotCollections;

/// <summary>
/// Runs the code before and the code after a fix side by side: the same methods, in the same random order, with the same arguments. Every
/// result, every out argument and every exception must be the same.
/// </summary>
internal static class TwinRun
{
    private static readonly string?[] Texts = ["a", "A", "b", "c", "dd", "", null];

    /// <param name="source">A class Sessions.</param>
    /// <param name="equivalenceKey">Which fix.</param>
    /// <param name="seed">Of the sequence of calls.</param>
    /// <param name="steps">How many calls.</param>
    /// <param name="withNull">Whether null is among the texts; where the types say it is not, the callers keep to it.</param>
    public static async Task VerifyAsync(string source, string equivalenceKey, int seed, int steps = 3000, bool withNull = true)
        => await CompareAsync(source, await CollectionFix.FixAsync(source, equivalenceKey), seed, steps, withNull);

    public static async Task CompareAsync(string before, string after, int seed, int steps, bool withNull)
    {
        object first = await CreateAsync(before);
        object second = await CreateAsync(after);
        MethodInfo[] methods = first.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
        var random = new Random(seed);
        for (int step = 0; step < steps; step++)
        {
            MethodInfo method = methods[random.Next(methods.Length)];
            object?[] arguments = [.. method.GetParameters().Select(parameter => ArgumentFor(parameter, random, withNull))];
            string expected = Run(first, method, [.. arguments]);
            string actual = Run(second, second.GetType().GetMethod(method.Name, [.. method.GetParameters().Select(parameter => parameter.ParameterType)])!, [.. arguments]);
            Assert.True(
                expected == actual,
                $"step {step} of seed {seed}: {method.Name}({string.Join(", ", arguments.Select(Describe))}) gave {expected} before and {actual} after\n{after}");
        }
    }

    private static async Task<object> CreateAsync(string source)
    {
        FixedSource project = CollectionFix.SourceOf(new ProjectShape(), source);
        using var image = new MemoryStream();
        var result = (await project.CompilationAsync()).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) + source);
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return Activator.CreateInstance(assembly.GetType("Sessions", throwOnError: true)!)!;
    }

    private static object? ArgumentFor(ParameterInfo parameter, Random random, bool withNull)
    {
        Type type = parameter.ParameterType;
        if (type == typeof(string))
            return Texts[random.Next(withNull ? Texts.Length : Texts.Length - 1)];
        if (type == typeof(bool))
            return random.Next(2) == 0;
        return type == typeof(int) ? random.Next(4) : null;
    }

    private static string Run(object target, MethodInfo method, object?[] arguments)
    {
        string result;
        try
        {
            result = Describe(method.Invoke(target, arguments));
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }

        IEnumerable<string> outputs = method.GetParameters().Where(parameter => parameter.IsOut).Select(parameter => Describe(arguments[parameter.Position]));
        return string.Join("; ", outputs.Prepend(result));
    }

    /// <summary>Sequences are compared without their order, which a dictionary does not promise.</summary>
    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IEnumerable items => "{" + string.Join(", ", items.Cast<object?>().Select(Describe).Order(StringComparer.Ordinal)) + "}",
        _ => value.ToString()!,
    };
}
