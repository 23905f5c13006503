using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LockFree.Generators.Caching;

/// <summary>
/// Tells whether one compilation declares what the one before declared. A keystroke in a body makes a new compilation in which every symbol is new,
/// and every attribute has to be bound again; but nothing that an accessors class is read from can have changed.
/// </summary>
/// <remarks>
/// Safe to use from many threads. Costs a look-up per file and compilation, and one comparison of syntax per changed file. Holds no compilation and
/// no syntax alive.
/// </remarks>
internal sealed class DeclarationVersions
{
    private readonly object _gate = new();
    private readonly ConditionalWeakTable<Compilation, DeclarationVersion> _versions = new();
    private readonly ConditionalWeakTable<object, object> _marks = new();
    private Dictionary<string, WeakReference<SyntaxTree>> _latestByPath = new(StringComparer.Ordinal);
    private DeclarationVersion? _latest;

    /// <summary>The same object for two compilations only if they declare the same; most often the same object if they do.</summary>
    public DeclarationVersion Of(Compilation compilation) => _versions.GetValue(compilation, Determine);

    private DeclarationVersion Determine(Compilation compilation)
    {
        lock (_gate)
        {
            ImmutableArray<object>.Builder parts = ImmutableArray.CreateBuilder<object>();
            int files = 0;
            foreach (SyntaxTree tree in compilation.SyntaxTrees)
            {
                parts.Add(MarkOf(tree));
                files++;
            }

            foreach (MetadataReference reference in compilation.References)
                parts.Add(_marks.GetOrCreateValue(reference));

            if (_latestByPath.Count > 2 * files)
                ForgetFilesThatAreGone(compilation);

            var version = new DeclarationVersion(compilation.AssemblyName, compilation.Options, parts.ToImmutable());
            return _latest is { } latest && latest.DeclaresSameAs(version) ? latest : _latest = version;
        }
    }

    private void ForgetFilesThatAreGone(Compilation compilation)
    {
        _latestByPath = new Dictionary<string, WeakReference<SyntaxTree>>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            _latestByPath[tree.FilePath] = new WeakReference<SyntaxTree>(tree);
    }

    private object MarkOf(SyntaxTree tree)
    {
        if (_marks.TryGetValue(tree, out object? known))
            return known;

        object mark = _latestByPath.TryGetValue(tree.FilePath, out WeakReference<SyntaxTree>? reference)
            && reference.TryGetTarget(out SyntaxTree? before)
            && before.Options.Equals(tree.Options)
            && SyntaxFactory.AreEquivalent(before, tree, topLevel: true)
            && _marks.TryGetValue(before, out object? same) ? same : new object();
        _marks.Add(tree, mark);
        _latestByPath[tree.FilePath] = new WeakReference<SyntaxTree>(tree);
        return mark;
    }
}
