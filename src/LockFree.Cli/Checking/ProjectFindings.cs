using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockFree.Cli.Checking;

/// <summary>What the analysis of one project found, still tied to its syntax trees.</summary>
/// <param name="Reports">The rules' diagnostics in order of place, none suppressed, none hidden.</param>
/// <param name="Errors">The compiler's errors that are not parse errors, and that none of the reports explains.</param>
/// <param name="BuildBreaks">What would fail a build: all errors, and the warnings the project treats as such.</param>
/// <param name="ParseErrors">Errors in the syntax itself; findings in such files are left out of <paramref name="Reports"/>.</param>
internal sealed record ProjectFindings(
    ImmutableArray<Diagnostic> Reports, ImmutableArray<Diagnostic> Errors, ImmutableArray<Diagnostic> BuildBreaks, ImmutableArray<Diagnostic> ParseErrors);
