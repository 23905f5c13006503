using System.Collections.Immutable;
using LockFree.Cli.Checking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Cli.Fixing;

/// <summary>A fix computed but not yet accepted.</summary>
/// <param name="Finding">What it removes.</param>
/// <param name="Identity">What the finding is recognised by before and after.</param>
/// <param name="Texts">The new text of each file it changes.</param>
internal sealed record PlannedFix(Finding Finding, FindingIdentity Identity, ImmutableDictionary<string, SourceText> Texts)
{
    /// <summary>The solution with these texts, in every project that compiles the file.</summary>
    public Solution ApplyTo(Solution solution)
    {
        foreach ((string path, SourceText text) in Texts)
        {
            foreach (DocumentId document in solution.GetDocumentIdsWithFilePath(path))
                solution = solution.WithDocumentText(document, text);
        }

        return solution;
    }
}

/// <summary>Recognises a finding after lines have moved: by rule, file, type and message.</summary>
internal readonly record struct FindingIdentity(string Rule, string Path, string Type, string Message);
