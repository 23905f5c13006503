using System.Reflection;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>Arguments by the types of the parameters: texts of a few, small numbers.</summary>
internal static class RandomArguments
{
    public static object?[] For(MethodInfo method, Random random, IReadOnlyList<string?> texts)
        => [.. method.GetParameters().Select(parameter => For(parameter.ParameterType, random, texts))];

    private static object? For(Type type, Random random, IReadOnlyList<string?> texts)
    {
        if (type == typeof(string))
            return texts[random.Next(texts.Count)];
        if (type == typeof(bool))
            return random.Next(2) == 0;
        return type == typeof(int) ? random.Next(4) : null;
    }
}
