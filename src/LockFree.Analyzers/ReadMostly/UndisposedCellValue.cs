using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>LF2006: a cell's value that must be disposed is replaced, and nobody keeps the old one.</summary>
internal static class UndisposedCellValue
{
    public const string Id = "LF2006";

    public static readonly DiagnosticDescriptor Rule = new(
        Id,
        "The value that a cell gives up is not disposed",
        "'{0}' replaces a value of type '{1}', which nobody disposes then: take the old one with Exchange and dispose it once its last reader is done",
        RuleCategory.ReadMostly,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A cell does not own its value: it does not dispose what it gives up, as readers may still be using it. "
            + "Whoever replaces the value has to see to that.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Findings(IOperation body, ISymbol owner, CellTypes cells)
    {
        foreach (IInvocationOperation call in body.DescendantsAndSelf().OfType<IInvocationOperation>())
        {
            if (!cells.IsSwapCell(call.TargetMethod.ContainingType) || call.TargetMethod.ContainingType.TypeArguments is not [var value]
                || !MustBeDisposed(value) || !LosesOldValue(call))
                continue;
            if (call.Instance is { } cell && !CellSharing.IsOnlyOurs(cell, call, owner) && !SpeaksOfDisposal(call))
                yield return Diagnostic.Create(Rule, call.Syntax.GetLocation(), call.TargetMethod.Name, value.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    }

    /// <summary>Tasks are disposable, and never need it.</summary>
    private static bool MustBeDisposed(ITypeSymbol type) => !TaskBlocking.IsTask(type as INamedTypeSymbol)
        && (IsDisposal(type) || type.AllInterfaces.Any(IsDisposal));

    private static bool IsDisposal(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_IDisposable || type.Name == "IAsyncDisposable" && type.ContainingNamespace.IsSystem();

    private static bool LosesOldValue(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Store" or "Update" or "TryUpdate" or "UpdateOnceAsync" => true,
        "Exchange" => call.Parent switch
        {
            IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => !LoadedLocal.BodyAround(call).Descendants()
                .Any(use => use is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)),
            _ => false,
        },
        _ => false,
    };

    /// <summary>The old value may have been loaded before, or somebody is told to dispose it.</summary>
    private static bool SpeaksOfDisposal(IOperation call) => call.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member
        || member.DescendantTokens().Any(token => token.ValueText.Contains("Dispos") || token.ValueText is "Close" or "CloseAsync" or "using" or "Retire");
}
