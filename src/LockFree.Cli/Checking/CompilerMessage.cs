using System.Globalization;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Checking;

/// <summary>Compiler diagnostics as compilers print them: <c>path(line,column): CS0246 …</c>.</summary>
internal static class CompilerMessage
{
    public static string Of(Diagnostic diagnostic)
    {
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        string message = $"{diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        return place.IsValid
            ? string.Create(CultureInfo.InvariantCulture, $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {message}")
            : message;
    }
}
