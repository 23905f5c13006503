using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.HotCollections.Rewriting;

/// <summary>A concurrent collection that a guarded one can become, and how the operations are spelled there.</summary>
internal abstract class ConcurrentTarget
{
    /// <summary>What <c>lockfree.map_type</c> and the titles in the menu call it.</summary>
    public abstract string Name { get; }

    /// <summary>The type that takes the place of the field's, null if the references do not have it or its keys do not suit.</summary>
    public abstract INamedTypeSymbol? TypeFor(CandidateField field, Compilation compilation);

    /// <summary>Whether <c>GetOrAddOnce</c> is there, which runs a factory once however many callers race.</summary>
    public abstract bool RunsFactoriesOnce { get; }

    /// <summary>Whether <c>TryUpdate(key, updater, out updated)</c> is there.</summary>
    public abstract bool UpdatesInPlace { get; }

    /// <summary>Whether <c>Drain()</c> is there, which copies and clears in one.</summary>
    public abstract bool Drains { get; }

    /// <summary><c>Add</c> that throws on a duplicate key; null where the target has none that may be called here.</summary>
    public abstract ExpressionSyntax Add(ExpressionSyntax map, ArgumentListSyntax arguments, CandidateField field);

    /// <summary>The capacity argument of a constructor, which may need company.</summary>
    public abstract IEnumerable<ArgumentSyntax> Capacity(ArgumentSyntax capacity);

    /// <summary>Whether a collection initialiser of elements works: it needs a public <c>Add</c>.</summary>
    public abstract bool HasPublicAdd(CandidateField field);

    /// <summary>Whether a member of the old collection that no table here knows exists under the same name with the same meaning.</summary>
    public abstract bool KeepsMember(string member);

    /// <summary>Whether <c>ToArray()</c> is a member, which takes its copy in one go, and not a query.</summary>
    public abstract bool HasToArray(CandidateField field);

    /// <summary>Whether a constructor takes the first entries or items.</summary>
    public abstract bool TakesSource(CandidateField field);

    /// <summary>What to enumerate in place of the map or set itself.</summary>
    public abstract ExpressionSyntax Entries(ExpressionSyntax map, CandidateField field);

    /// <summary>What to enumerate in place of <c>map.Keys</c> or <c>map.Values</c>.</summary>
    public abstract ExpressionSyntax View(ExpressionSyntax map, string view);

    /// <summary>The name of the test for a key or an item.</summary>
    public abstract string Contains(CandidateField field);

    /// <summary>Adds if missing, and says so.</summary>
    public abstract ExpressionSyntax TryAdd(ExpressionSyntax map, ExpressionSyntax key, ExpressionSyntax? value, CandidateField field);

    /// <summary>Removes if present, and says so.</summary>
    public abstract ExpressionSyntax TryRemove(ExpressionSyntax map, ArgumentSyntax key, ArgumentSyntax? removed, CandidateField field);
}
