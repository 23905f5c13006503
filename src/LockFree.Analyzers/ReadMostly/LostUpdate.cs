using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2004: a shared value is loaded, changed and stored in three steps, so that a change made in between is lost.</summary>
internal static class LostUpdate
{
    public const string Id = "LF2004";

    /// <summary>The property of findings that a fix may look at; the others need a lock, or a person.</summary>
    public const string IsFixable = "IsFixable";

    public static readonly ImmutableDictionary<string, string?> Fixable = ImmutableDictionary<string, string?>.Empty.Add(IsFixable, "true");

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A change made by another thread can be lost",
        "'{0}' is loaded, changed and stored in separate steps, {1}: what another thread stores in between is lost; {2}",
        RuleCategory.ReadMostly,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Two threads that load the same value, change their copies and store them leave the later copy alone: the other change never "
            + "happened. An update that compares before it stores, and tries again, loses none.",
        helpLinkUri: HelpLink.For(Id));
}
