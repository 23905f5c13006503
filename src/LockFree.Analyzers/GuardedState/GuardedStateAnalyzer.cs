using System.Collections.Immutable;
using LockFree.Analyzers.HotCollections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Infers which lock guards which state, once per outermost type, and asks the rules for their verdicts over the one model.
/// </summary>
/// <remarks>
/// Bodies are only collected as the driver hands them out, concurrently; they are walked and judged when the last one of the type has
/// come. Generated code is read, as it may use the same fields, but nothing is reported in it.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuardedStateAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DictionaryUnderLock.Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCompilationStartAction(start =>
        {
            var wrappers = new LockWrappers();
            ReplacementNames names = ReplacementNames.For(start.Compilation);
            start.RegisterSymbolStartAction(type => Begin(type, wrappers, names), SymbolKind.NamedType);
        });
    }

    private static void Begin(SymbolStartAnalysisContext context, LockWrappers wrappers, ReplacementNames names)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.ContainingType is not null || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
            return;
        var family = new TypeFamily(type);
        if (family.Candidates.IsEmpty || !LockWords.MayLock(type, context.CancellationToken))
            return;

        var bodies = new CollectedBodies();
        context.RegisterOperationBlockAction(block => bodies.Add(block.OwningSymbol, block.OperationBlocks));
        context.RegisterSymbolEndAction(end => Judge(end, family, bodies, wrappers, names));
    }

    private static void Judge(SymbolAnalysisContext context, TypeFamily family, CollectedBodies bodies, LockWrappers wrappers, ReplacementNames names)
    {
        GuardedStateModel model = GuardedStateModelBuilder.Build(family, bodies.BodyOf, wrappers, context.CancellationToken);
        foreach (CandidateField candidate in model.Candidates)
        {
            if (DictionaryUnderLock.Report(DictionaryUnderLock.Judge(model, candidate), names.For(candidate.Kind)) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }
}
