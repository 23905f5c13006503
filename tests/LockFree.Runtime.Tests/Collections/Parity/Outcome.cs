using System.Collections;

namespace LockFree.Tests.Collections.Parity;

/// <summary>What became of a call, as text that can be compared.</summary>
internal static class Outcome
{
    /// <summary>The result, or the exception with the parameter it names.</summary>
    public static string Of(Func<object?> call)
    {
        try
        {
            return TextOf(call());
        }
        catch (ArgumentException exception) when (exception.GetType() != typeof(ArgumentException))
        {
            // An ArgumentException as such often names no parameter in the base class library, where the map's do: nobody depends on its not doing so.
            return $"{exception.GetType().Name}({exception.ParamName})";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }

    public static string TextOf<T>(T item) => item switch
    {
        null => "null",
        DictionaryEntry entry => $"[{entry.Key}, {entry.Value}]",
        _ => item.ToString()!,
    };
}
