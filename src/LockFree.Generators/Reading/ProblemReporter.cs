using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// Where a reader tells what is wrong. Generator and analyzer read a class with the same code, so that they cannot disagree: the
/// generator passes nobody to report to and leaves out what is wrong, the analyzer reports it and drops the model.
/// </summary>
internal readonly struct ProblemReporter(Action<Diagnostic>? report)
{
    /// <summary>Reports at the first place where the symbol is declared.</summary>
    public void Report(DiagnosticDescriptor rule, ISymbol symbol, params object[] arguments) =>
        Report(rule, symbol, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>The same, with properties for a code fix.</summary>
    public void Report(DiagnosticDescriptor rule, ISymbol symbol, ImmutableDictionary<string, string?> properties, params object[] arguments)
    {
        if (report is not null)
            report(Diagnostic.Create(rule, symbol.Locations.FirstOrDefault() ?? Location.None, properties, arguments));
    }

    /// <summary>Reports at the attribute.</summary>
    public void Report(DiagnosticDescriptor rule, AttributeData attribute, params object[] arguments)
    {
        if (report is not null)
            report(Diagnostic.Create(rule, attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None, arguments));
    }
}
