using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree.Analyzers.AsyncLocks;
using LockFree.Analyzers.HotCollections;
using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
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
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(DictionaryUnderLock.Rule, CellUnderLock.Rule, LostUpdate.Rule, PlainPublication.Rule,
            ReaderWriterLockInAsyncCode.Rule, LockHeldAcrossAwait.Rule, BlockingUnderLock.Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCompilationStartAction(start =>
        {
            var families = new Families(start.Compilation);
            start.RegisterSymbolStartAction(families.Begin, SymbolKind.NamedType);
        });
    }

    /// <summary>The types of one compilation that are being looked at.</summary>
    private sealed class Families(Compilation compilation)
    {
        private readonly LockWrappers _wrappers = new();
        private readonly ReplacementNames _names = ReplacementNames.For(compilation);

        /// <summary>
        /// By outermost type, as the driver does not pass the members of nested types to the actions of the type around them.
        /// Null for a type in which nothing can be found.
        /// </summary>
        private readonly ConcurrentDictionary<INamedTypeSymbol, CollectedFamily?> _collected = new(SymbolEqualityComparer.Default);

        public void Begin(SymbolStartAnalysisContext context)
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
                return;
            INamedTypeSymbol outermost = TypeFamily.OutermostOf(type);
            if (_collected.GetOrAdd(outermost, key => CollectedFamily.WhereSomethingMayBeFound(key, context.CancellationToken))
                is not { } family)
                return;

            context.RegisterOperationBlockAction(block => family.Bodies.Add(block.OwningSymbol, block.OperationBlocks));
            if (type.ContainingType is null)
                context.RegisterSymbolEndAction(end => Judge(end, family));
        }

        private void Judge(SymbolAnalysisContext context, CollectedFamily collected)
        {
            _collected.TryRemove(collected.Family.Outermost, out _);
            if (!collected.ReplacesImmutableCollections
                && !AcquisitionSearch.FindsAny(collected.Bodies.All, new LockCalls(_wrappers), context.CancellationToken))
                return; // of what happens outside of all locks, only changed copies of immutable collections are spoken of

            GuardedStateModel model =
                GuardedStateModelBuilder.Build(collected.Family, collected.Bodies.BodyOf, _wrappers, context.CancellationToken);
            var fix = new PromisedFix(compilation, new TypeMentions(collected.Family.Outermost, collected.Bodies.SemanticModelOf),
                context.Options.AnalyzerConfigOptionsProvider.GetOptions, context.CancellationToken);
            foreach (Diagnostic finding in GuardedStateVerdicts.Of(model, _names, fix).Findings)
                context.ReportDiagnostic(finding);
        }
    }

    private sealed class CollectedFamily(TypeFamily family)
    {
        public TypeFamily Family { get; } = family;

        public CollectedBodies Bodies { get; } = new();

        /// <summary>Something may be found without any lock.</summary>
        public bool ReplacesImmutableCollections { get; private init; }

        /// <summary>Null, and so no body is ever asked for, where nothing can lock, or no rule has anything to look at.</summary>
        public static CollectedFamily? WhereSomethingMayBeFound(INamedTypeSymbol outermost, CancellationToken cancellationToken)
        {
            if (ImmutableCollections.AreReplacedIn(outermost))
                return new CollectedFamily(new TypeFamily(outermost)) { ReplacesImmutableCollections = true };
            if (!LockWords.MayLock(outermost, cancellationToken))
                return null;
            var family = new TypeFamily(outermost);
            bool mayMatter = !family.Candidates.IsEmpty || LockWords.MaySuspend(outermost, cancellationToken)
                || LockWords.MayBlock(outermost, cancellationToken)
                || !family.PlainFields.IsEmpty && LockWords.MayLockDirectly(outermost, cancellationToken);
            return mayMatter ? new CollectedFamily(family) : null;
        }
    }
}
