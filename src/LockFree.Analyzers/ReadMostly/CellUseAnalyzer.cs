using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>How cells are used: the rules that look at one member at a time. Where the runtime is not referenced nothing is registered.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CellUseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(MutatedSnapshot.Rule, TornSnapshot.Rule, LostUpdate.Rule, UndisposedCellValue.Rule);

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
            if (!body.Descendants().Any(operation => operation is IInvocationOperation call && cells.IsCell(call.TargetMethod.ContainingType)))
                continue;
            IEnumerable<Diagnostic> findings = MutatedSnapshot.Findings(body, context.OwningSymbol, cells)
                .Concat(TornSnapshot.Findings(body, cells))
                .Concat(LostCellUpdate.Findings(body, context.OwningSymbol, cells))
                .Concat(UndisposedCellValue.Findings(body, context.OwningSymbol, cells));
            foreach (Diagnostic finding in findings)
                context.ReportDiagnostic(finding);
        }
    }
}
