using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace LockFree.Analyzers.AsyncLocks;

/// <summary>Where a lock is taken, and how a message names the lock and the function.</summary>
internal static class LockSite
{
    /// <summary>The call, the resource of the using statement, or the head of the lock statement.</summary>
    public static Location Of(LockRegion region)
    {
        SyntaxNode syntax = region.Acquire.Syntax;
        return syntax switch
        {
            LockStatementSyntax statement =>
                Location.Create(syntax.SyntaxTree, TextSpan.FromBounds(statement.SpanStart, statement.CloseParenToken.Span.End)),
            UsingStatementSyntax { Expression: { } resource } => resource.GetLocation(),
            UsingStatementSyntax { Declaration: { } declaration } => ResourceOf(declaration).GetLocation(),
            LocalDeclarationStatementSyntax declaration => ResourceOf(declaration.Declaration).GetLocation(),
            _ when region.Form == AcquireForm.SynchronizedMethod => region.Frame.Function!.Locations[0],
            _ => syntax.GetLocation(),
        };
    }

    /// <summary>The lock's name, or what stands in the source where it has none.</summary>
    public static string NameOf(LockRegion region)
    {
        if (!region.Lock.IsUnknown)
            return region.Lock.ToString();
        return region.Acquire switch
        {
            ILockOperation statement => statement.LockedValue.Syntax.ToString(),
            IInvocationOperation { Instance: { } instance } => instance.Syntax.ToString(),
            _ => region.Primitive.ToString(),
        };
    }

    /// <summary>The function that takes the lock, as a person would call it.</summary>
    public static string FunctionOf(LockRegion region) => NameOf(region.Frame.Function);

    /// <summary>A function, as a person would call it.</summary>
    public static string NameOf(IMethodSymbol? function) => function switch
    {
        null => "an initializer",
        { MethodKind: MethodKind.AnonymousFunction } lambda => "a lambda in '" + NamedFunctionAround(lambda) + "'",
        { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor =>
            "the constructor of '" + constructor.ContainingType.Name + "'",
        { AssociatedSymbol: { } property } => "'" + property.Name + "'",
        { } method => "'" + method.Name + "'",
    };

    private static SyntaxNode ResourceOf(VariableDeclarationSyntax declaration) =>
        declaration.Variables is [{ Initializer.Value: { } value }] ? value : declaration;

    private static string NamedFunctionAround(IMethodSymbol lambda)
    {
        ISymbol around = lambda;
        while (around is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } && around.ContainingSymbol is { } outer)
            around = outer;
        return around.Name;
    }
}
