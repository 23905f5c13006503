using LockFree.Analyzers.HotCollections.Rewriting;
using LockFree.Analyzers.ReadMostly;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.ReadMostly;

/// <summary>What a field under a lock can become, and how it is read and written there.</summary>
internal abstract class CellTarget
{
    /// <summary>What the equivalence key calls it.</summary>
    public abstract string Name { get; }

    /// <summary>What the menu says.</summary>
    public abstract string TitleFor(string field);

    /// <summary>Whether what is done to the field can be said at all.</summary>
    public abstract bool Suits(CellVerdict verdict);

    /// <summary>Plans the field's declaration; false where that cannot be done.</summary>
    public abstract bool TryPlanDeclaration(FieldDeclarationSyntax declaration, RewritePlan plan);

    /// <summary>Replaces the value and gives the old one.</summary>
    public abstract ExpressionSyntax Exchange(ExpressionSyntax field, ExpressionSyntax value);

    /// <summary>A member of <c>Interlocked</c> applied to the field: Increment, Decrement, Add.</summary>
    public abstract ExpressionSyntax Count(string member, ExpressionSyntax field, ExpressionSyntax? amount);

    /// <summary>Plans a plain read or assignment; false where that cannot be done.</summary>
    public abstract bool TryPlanMention(ExpressionSyntax mention, bool isConstruction, RewritePlan plan);
}
