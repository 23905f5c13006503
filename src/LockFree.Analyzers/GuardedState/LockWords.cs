using Microsoft.CodeAnalysis;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// The cheapest question first: does the text of a type contain any word without which nothing can be locked in it? Asked before any
/// body is bound; a word in a comment only costs time.
/// </summary>
internal static class LockWords
{
    private static readonly string[] LockingWords = ["lock", "Enter", "Wait", "Acquire", "Synchronized", "using"];
    private static readonly string[] DirectLockingWords = ["lock (", "lock(", "Enter"];
    private static readonly string[] MemberWords = ["Enter", "Exit", "Wait", "Release", "Acquire"];
    private static readonly string[] SuspendingWords = ["async", "yield"];
    private static readonly string[] BlockingWords = [".Result", ".Wait(", ".WaitAll", ".WaitAny", ".GetResult"];

    /// <summary>A lock statement, a lock's member, or a using statement that may hold a wrapper.</summary>
    public static bool MayLock(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Contains(type, LockingWords, cancellationToken);

    /// <summary>A lock statement or a lock's member, in the words of the type itself: most types that may lock do not.</summary>
    public static bool MayLockDirectly(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Contains(type, DirectLockingWords, cancellationToken);

    /// <summary>The name of a lock's member: without one in its text, no method of the type is a wrapper that calls one.</summary>
    public static bool MayWrap(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Contains(type, MemberWords, cancellationToken);

    /// <summary>The name may be one of a lock's members.</summary>
    public static bool NamesLockMember(string name) => MemberWords.Any(name.Contains);

    /// <summary>An async function or an iterator.</summary>
    public static bool MaySuspend(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Contains(type, SuspendingWords, cancellationToken);

    /// <summary>A wait for a task.</summary>
    public static bool MayBlock(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        Contains(type, BlockingWords, cancellationToken);

    private static bool Contains(INamedTypeSymbol type, string[] words, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
        {
            string text = part.SyntaxTree.GetText(cancellationToken).ToString(part.Span);
            if (words.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0))
                return true;
        }

        return false;
    }
}
