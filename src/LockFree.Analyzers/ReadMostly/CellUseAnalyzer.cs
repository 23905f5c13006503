using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>How cells are used: the rules that look at one member at a time. Where the runtime is not referenced nothing is registered.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CellUseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(LostUpdate.Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CellTypes.In(start.Compilation) is { } cells)
                start.RegisterOperationBlockAction(block => Analyze(block, cells));
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, CellTypes cells)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            foreach (Diagnostic finding in LostCellUpdate.Findings(body, context.OwningSymbol, cells))
                context.ReportDiagnostic(finding);
        }
    }
}
