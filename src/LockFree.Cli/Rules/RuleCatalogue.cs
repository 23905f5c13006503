using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockFree.Cli.Rules;

/// <summary>The analyzers, fixers and generators this tool hosts: the very ones the packages ship, found by reflection.</summary>
internal sealed class RuleCatalogue
{
    private readonly ImmutableDictionary<string, ImmutableArray<CodeFixProvider>> _fixersByRule;

    public RuleCatalogue(IEnumerable<DiagnosticAnalyzer> analyzers, IEnumerable<CodeFixProvider> fixers, IEnumerable<AnalyzerReference> generators)
    {
        Analyzers = [.. analyzers];
        Generators = [.. generators];
        Rules = [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .GroupBy(rule => rule.Id)
            .Select(sameId => sameId.First())
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        _fixersByRule = fixers.SelectMany(fixer => fixer.FixableDiagnosticIds.Select(id => (id, fixer)))
            .GroupBy(pair => pair.id, pair => pair.fixer)
            .ToImmutableDictionary(sameId => sameId.Key, sameId => sameId.ToImmutableArray());
    }

    /// <summary>Every analyzer, one instance each; Roslyn asks analyzers to keep no state between compilations.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>The generators whose output the checked sources may refer to.</summary>
    public ImmutableArray<AnalyzerReference> Generators { get; }

    /// <summary>Every rule, ordered by id.</summary>
    public ImmutableArray<DiagnosticDescriptor> Rules { get; }

    /// <summary>The rules shipped with the tool.</summary>
    public static RuleCatalogue LoadShipped() => Load(
        Assembly.Load("LockFree.Analyzers"), Assembly.Load("LockFree.CodeFixes"), Assembly.Load("LockFree.Generators"));

    /// <summary>Every analyzer, fixer and generator declared in <paramref name="assemblies"/>.</summary>
    public static RuleCatalogue Load(params ReadOnlySpan<Assembly> assemblies)
    {
        List<DiagnosticAnalyzer> analyzers = [];
        List<CodeFixProvider> fixers = [];
        List<AnalyzerReference> generators = [];
        foreach (Assembly assembly in assemblies)
        {
            Type[] types = assembly.GetTypes();
            if (types.Any(type => type.IsDefined(typeof(GeneratorAttribute), inherit: false)))
                generators.Add(new AnalyzerFileReference(assembly.Location, new LoadedAssembly(assembly)));
            foreach (Type type in types.Where(type => !type.IsAbstract).OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                if (type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false))
                    analyzers.Add((DiagnosticAnalyzer)Create(type));
                if (type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
                    fixers.Add((CodeFixProvider)Create(type));
            }
        }

        return new RuleCatalogue(analyzers, fixers, generators);

        static object Create(Type type) => Activator.CreateInstance(type, nonPublic: true)!;
    }

    /// <summary>The rule of that id, or null.</summary>
    public DiagnosticDescriptor? Find(string ruleId) => Rules.FirstOrDefault(rule => rule.Id.Equals(ruleId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The fixers that may answer for a rule.</summary>
    public ImmutableArray<CodeFixProvider> FixersOf(string ruleId) => _fixersByRule.GetValueOrDefault(ruleId, []);

    /// <summary>The rules of one checklist item.</summary>
    public IEnumerable<DiagnosticDescriptor> RulesOf(ChecklistItem item) => Rules.Where(rule => ChecklistItem.Of(rule.Id) == item);

    // A reference by file, although the assembly is loaded: what searches a solution, as renaming does, knows no checksum of any other kind.
    private sealed class LoadedAssembly(Assembly assembly) : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => assembly;
    }
}
