using System.Collections.Immutable;
using LockFree.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Generators.Diagnostics;

/// <summary>
/// Tells what is wrong with accessors classes. It reads them with the generator's own code; a generator that reported by itself
/// would be heard by no fix outside an editor. The generator repeats to the command line compiler what that would not let an analyzer say.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientAccessorsAnalyzer : DiagnosticAnalyzer
{
    private static readonly OperationKind[] NamingOperations =
    [
        OperationKind.Invocation, OperationKind.MethodReference, OperationKind.FieldReference, OperationKind.PropertyReference,
        OperationKind.EventReference, OperationKind.ObjectCreation, OperationKind.TypeOf, OperationKind.DynamicInvocation,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        AccessorRules.NotPartial,
        AccessorRules.WrongMemberShape,
        AccessorRules.KeyWithTwoTypes,
        AccessorRules.InvalidKey,
        AccessorRules.InvalidInitializer,
        AccessorRules.LanguageVersionTooOld,
        AccessorRules.DuplicateClient,
        AccessorRules.NoConstructor,
        AccessorRules.OutsideAccessors,
        AccessorRules.KeyWithTwoTypesElsewhere,
        AccessorRules.MemberLeftOut,
        AccessorRules.ConstructorLeavesClientsUnset,
        AccessorRules.NeverRegistered);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(WellKnownNames.ClientAccessorsAttribute) is null)
                return;

            var keys = new KeyUses();
            var registrations = new Registrations();
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, keys, registrations), SymbolKind.NamedType);
            start.RegisterSymbolAction(AnalyzeMember, SymbolKind.Property, SymbolKind.Method);
            start.RegisterOperationAction(registrations.Note, NamingOperations);
            start.RegisterCompilationEndAction(keys.Report);
            start.RegisterCompilationEndAction(registrations.Report);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, KeyUses keys, Registrations registrations)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        registrations.Note(type);
        var problems = new ProblemReporter(context.ReportDiagnostic);
        if (type.FindRuntimeAttribute(WellKnownNames.HubClientAttributeName) is { } contractDefault)
            ClientKeyReader.CheckDefault(contractDefault, type, problems);
        if (type.FindRuntimeAttribute(WellKnownNames.ClientAccessorsAttributeName) is null)
            return;

        AccessorsReader.Read(
            type,
            context.Compilation,
            HandWrittenRegistrations.Of(context.Compilation),
            problems,
            context.CancellationToken,
            out ImmutableArray<ClientDeclaration> clients);
        keys.Add(clients);
        registrations.Add(clients);
    }

    private static void AnalyzeMember(SymbolAnalysisContext context) =>
        OutsideAccessorsReader.Read(context.Symbol, new ProblemReporter(context.ReportDiagnostic));
}
