using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>What the member around an operation tells about it: where a local's value was loaded, and whether a lock may be held.</summary>
internal static class LoadedLocal
{
    private static readonly string[] LockingNames = ["Monitor", "Mutex", "Semaphore", "Synchronized", "Enter", "Exit", "Acquire", "Release"];
    private static readonly string[] LocklessNames = ["Interlocked", "LockFree", "Block", "block", "Clock", "clock"];

    /// <summary>The outermost operation: the body of the member.</summary>
    public static IOperation BodyAround(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>True where the local is given, before <paramref name="use"/>, a value that is a load.</summary>
    public static bool IsLoadedBy(ILocalSymbol local, IOperation use, Func<IOperation, bool> isLoad) =>
        ValuesOf(local, use).Any(value => OperationEquality.WithoutConversions(value) is { } given && isLoad(given));

    /// <summary>Every value the local is given before a use; not the one that the use helps to make.</summary>
    public static IEnumerable<IOperation> ValuesOf(ILocalSymbol local, IOperation use) =>
        BodyAround(use).Descendants().Where(operation => operation.Syntax.Span.End <= use.Syntax.SpanStart).Select(operation => operation switch
        {
            IVariableDeclaratorOperation declarator when Same(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when Same(target.Local, local) => assignment.Value,
            _ => null,
        }).OfType<IOperation>();

    /// <summary>True where any name in the member speaks of a lock, of ours or of a library nobody here knows.</summary>
    public static bool MayHoldLock(IOperation operation)
    {
        SyntaxNode? member = operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is null || SpinGate.StandsBefore(member, operation.Syntax.SpanStart) || member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.LockKeyword)
            || token.IsKind(SyntaxKind.IdentifierToken) && SpeaksOfLock(token.ValueText));
    }

    private static bool SpeaksOfLock(string name) =>
        name is "Wait" or "WaitAsync" or "WaitOne" || LockingNames.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
        || name.IndexOf("lock", StringComparison.OrdinalIgnoreCase) >= 0 && !LocklessNames.Any(name.Contains);

    private static bool Same(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
