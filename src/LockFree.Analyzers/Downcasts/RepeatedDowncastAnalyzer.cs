using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Analyzers.Downcasts;

/// <summary>LF6001: the same client is looked up and downcast again and again in one type, where once would do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RepeatedDowncastAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The rule's number.</summary>
    public const string DiagnosticId = "LF6001";

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticId,
        "The same client is downcast again and again",
        "'{0}' is looked up as {1} and cast to '{2}' in {3} places of '{4}'; cast it once",
        RuleCategory.Downcasts,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A registry that has forgotten the types of its clients makes every caller look up and cast again. Cast once, into a typed slot, an accessor or a local, and let the handlers use that.",
        helpLinkUri: HelpLink.For(DiagnosticId));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // Generated parts are read, as they may fill or change a registry, but nothing is reported in them.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCompilationStartAction(start =>
        {
            INamedTypeSymbol? clientHub = ClientHubType(start.Compilation);
            start.RegisterSymbolStartAction(symbol => AnalyzeType(symbol, clientHub), SymbolKind.NamedType);
        });
    }

    /// <summary>The runtime's hub, where the runtime is referenced.</summary>
    internal static INamedTypeSymbol? ClientHubType(Compilation compilation) => compilation.GetTypeByMetadataName("LockFree.ClientHub");

    private static void AnalyzeType(SymbolStartAnalysisContext context, INamedTypeSymbol? clientHub)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
            return;

        ClientRegistries registries = ClientRegistries.Of(type, clientHub);
        if (registries.IsEmpty)
            return;

        var collector = new DowncastCollector(type, registries);
        context.RegisterOperationBlockAction(block =>
        {
            foreach (IOperation operation in block.OperationBlocks)
                collector.Add(block.OwningSymbol, operation);
        });
        context.RegisterSymbolEndAction(end => Report(end, type, collector));
    }

    private static void Report(SymbolAnalysisContext context, INamedTypeSymbol type, DowncastCollector collector)
    {
        foreach (RepeatedDowncast repeated in RepeatedDowncasts.Find(collector))
        {
            DowncastSite first = repeated.First;
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                first.Cast.Syntax.GetLocation(),
                repeated.Sites.Skip(1).Select(site => site.Cast.Syntax.GetLocation()),
                first.Registry.Name,
                first.Key!.Display,
                first.Target.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
                repeated.Sites.Length,
                type.Name));
        }
    }
}
