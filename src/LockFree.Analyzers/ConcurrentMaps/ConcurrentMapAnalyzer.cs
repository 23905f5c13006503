using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ConcurrentMaps;

/// <summary>Finds uses of concurrent maps that are two operations where they should be one, or take every lock where none is needed.</summary>
/// <remarks>
/// Only types whose text names such a map are looked at. The bodies are read as the driver hands them out; what they mean for each
/// other (who removes, who calls whom under a lock) is asked when the last one of the type has come, and only where there are findings.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConcurrentMapAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(CheckThenActOnMap.Rule, CostlyMapRead.Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var cover = new LockCover(new LockWrappers());
            var mentioned = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolStartAction(symbol => Begin(symbol, cover, mentioned), SymbolKind.NamedType);
        });
    }

    private static void Begin(SymbolStartAnalysisContext context, LockCover cover, ConcurrentDictionary<INamedTypeSymbol, bool> mentioned)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        INamedTypeSymbol outermost = TypeFamily.OutermostOf(type);

        // a nested type uses the fields of the type around it without naming theirs
        if (!mentioned.GetOrAdd(outermost, key => MapTypes.AreMentioned(key, context.CancellationToken)))
            return;

        var uses = new TypeUses(type, cover);
        context.RegisterOperationBlockAction(block =>
        {
            foreach (IOperation body in block.OperationBlocks)
                uses.Add(block.OwningSymbol, body);
        });
        context.RegisterSymbolEndAction(end =>
        {
            foreach (Diagnostic finding in uses.Findings())
                end.ReportDiagnostic(finding);
        });
    }
}
