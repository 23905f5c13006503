using System.Collections.Immutable;
using LockFree.Generators.Models;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>
/// Where a reader tells what is wrong. Generator and analyzer read a class with the same code, so that they cannot disagree: the
/// generator leaves out what is wrong, the analyzer reports it and drops the model.
/// </summary>
internal sealed class ProblemReporter
{
    private readonly Action<DiagnosticDescriptor, Location, ImmutableDictionary<string, string?>, string[]> _report;

    /// <summary>For an analyzer, which reports everything as a diagnostic.</summary>
    public ProblemReporter(Action<Diagnostic> report) =>
        _report = (rule, location, properties, arguments) => report(Diagnostic.Create(rule, location, properties, arguments));

    /// <summary>For the generator, whose pipeline holds no diagnostics.</summary>
    public ProblemReporter(ICollection<ProblemModel> problems) =>
        _report = (rule, location, _, arguments) => problems.Add(ProblemModel.At(location, rule, arguments));

    /// <summary>Reports at the first place where the symbol is declared.</summary>
    public void Report(DiagnosticDescriptor rule, ISymbol symbol, params string[] arguments) =>
        Report(rule, symbol, ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>The same, with properties for a code fix.</summary>
    public void Report(DiagnosticDescriptor rule, ISymbol symbol, ImmutableDictionary<string, string?> properties, params string[] arguments) =>
        Report(rule, symbol.Locations.FirstOrDefault(), properties, arguments);

    /// <summary>Reports at the attribute.</summary>
    public void Report(DiagnosticDescriptor rule, AttributeData attribute, params string[] arguments) =>
        Report(rule, attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation(), ImmutableDictionary<string, string?>.Empty, arguments);

    /// <summary>Reports at a place.</summary>
    public void Report(DiagnosticDescriptor rule, Location location, params string[] arguments) =>
        Report(rule, location, ImmutableDictionary<string, string?>.Empty, arguments);

    // The compiler prints once what generator and analyzer both report; it compares the arguments by reference.
    private void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> properties, string[] arguments) =>
        _report(rule, location ?? Location.None, properties, Array.ConvertAll(arguments, string.Intern));
}
