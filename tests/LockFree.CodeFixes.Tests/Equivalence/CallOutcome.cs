using System.Collections;
using System.Reflection;

namespace LockFree.CodeFixes.Tests.Equivalence;

/// <summary>Calls a method and says in one text what came out of it: the result and the out arguments, or the type of the exception.</summary>
internal static class CallOutcome
{
    public static string Of(object target, MethodInfo method, object?[] arguments)
    {
        object?[] given = [.. arguments];
        string result;
        try
        {
            result = Describe(method.Invoke(target, given));
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }

        IEnumerable<string> outputs = method.GetParameters().Where(parameter => parameter.IsOut).Select(parameter => Describe(given[parameter.Position]));
        return string.Join("; ", outputs.Prepend(result));
    }

    /// <summary>Sequences are compared without their order, which a dictionary does not promise.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IEnumerable items => "{" + string.Join(", ", items.Cast<object?>().Select(Describe).Order(StringComparer.Ordinal)) + "}",
        _ => value.ToString()!,
    };

    public static string Describe(MethodInfo method, object?[] arguments) => $"{method.Name}({string.Join(", ", arguments.Select(Describe))})";
}
