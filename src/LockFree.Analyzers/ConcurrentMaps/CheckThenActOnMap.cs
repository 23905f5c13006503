using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>LF1002: two operations on a concurrent map, of which the second relies on what the first has said.</summary>
internal static class CheckThenActOnMap
{
    public const string Id = "LF1002";

    /// <summary>The key of <see cref="Diagnostic.Properties"/> that names the <see cref="RaceShape"/>.</summary>
    public const string ShapeProperty = "Shape";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Check and act on a concurrent map are two operations",
        "Another thread can come between '{0}' and '{1}': {2}",
        RuleCategory.HotCollections,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Each member of a concurrent map is atomic, two of them are not: what the first has said may no longer be true when the "
            + "second runs. Use the member that does both in one operation.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The finding at the check, with the act as additional location; at the store of a value that is filled later, with what fills it.</summary>
    public static Diagnostic Report(MapRace race)
    {
        if (race.Filling is { } filling)
            return Report(race, LocationOf(race.Act), filling.Syntax.GetLocation(), NameOf(race.Act), TargetOf(filling));

        // a value that was found empty comes from anywhere; what is wrong is the removal
        (MapOperation at, MapOperation other) = race.Shape == RaceShape.EmptyRemoval ? (race.Act, race.Check) : (race.Check, race.Act);
        bool isOne = race.Check == race.Act;
        return Report(race, LocationOf(at), LocationOf(other), isOne ? "reading" : NameOf(race.Check), isOne ? "writing " + NameOf(race.Act) : NameOf(race.Act));
    }

    private static Diagnostic Report(MapRace race, Location at, Location other, string first, string second) => Diagnostic.Create(
        Rule,
        at,
        race.IsHarmful ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
        ImmutableArray.Create(other),
        ImmutableDictionary<string, string?>.Empty.Add(ShapeProperty, race.Shape.ToString()),
        first,
        second,
        race.Consequence);

    private static Location LocationOf(MapOperation use) => use.Kind is MapOperationKind.Set or MapOperationKind.Compound
        ? Location.Create(use.Operation.Syntax.SyntaxTree, TextSpan.FromBounds(use.Operation.Syntax.SpanStart, use.Operation.Syntax.Span.End))
        : use.Operation.Syntax.GetLocation();

    private static string NameOf(MapOperation use) => use.Operation is IInvocationOperation call ? call.TargetMethod.Name : use.Operation.Syntax.ToString();

    /// <summary>What is assigned to or called, without the values.</summary>
    private static string TargetOf(IOperation filling) => filling switch
    {
        IAssignmentOperation assignment => assignment.Target.Syntax.ToString(),
        IInvocationOperation { Syntax: InvocationExpressionSyntax call } => call.Expression.ToString(),
        _ => filling.Syntax.ToString(),
    };
}
