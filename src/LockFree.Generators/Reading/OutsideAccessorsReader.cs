using LockFree.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace LockFree.Generators.Reading;

/// <summary>Finds clients that are declared where nothing is generated.</summary>
internal static class OutsideAccessorsReader
{
    /// <summary>Reports a member with <c>[Client]</c> in a type without <c>[ClientAccessors]</c>.</summary>
    public static void Read(ISymbol member, ProblemReporter problems)
    {
        if (member.FindRuntimeAttribute(WellKnownNames.ClientAttributeName) is { } client
            && member.ContainingType.FindRuntimeAttribute(WellKnownNames.ClientAccessorsAttributeName) is null)
            problems.Report(AccessorRules.OutsideAccessors, client, member.Name, member.ContainingType.Name);
    }
}
