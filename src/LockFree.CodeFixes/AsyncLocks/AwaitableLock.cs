using System.Collections.Immutable;
using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.CodeFixes.AsyncLocks;

/// <summary>A reader-writer lock that a <c>SemaphoreSlim(1, 1)</c> replaces, with every mention of it.</summary>
/// <remarks>
/// Only where async functions alone enter it: a thread that blocks in <c>Wait</c> could be the very one that the next holder needs to go on, under
/// a synchronization context. Only where nothing is awaited under it, so that the holder always comes to its end. A lock without recursion throws
/// where a semaphore would wait for itself, so no code that works depends on either.
/// </remarks>
internal sealed class AwaitableLock
{
    private readonly VariableDeclaratorSyntax _declarator;
    private readonly ImmutableArray<InvocationExpressionSyntax> _enters;
    private readonly ImmutableArray<InvocationExpressionSyntax> _exits;

    private AwaitableLock(
        VariableDeclaratorSyntax declarator, ImmutableArray<InvocationExpressionSyntax> enters, ImmutableArray<InvocationExpressionSyntax> exits)
    {
        _declarator = declarator;
        _enters = enters;
        _exits = exits;
    }

    /// <summary>Null where the semaphore would not do the same, or cannot be written.</summary>
    public static AwaitableLock? Of(IFieldSymbol field, SemanticModel model, CancellationToken cancellationToken)
    {
        INamedTypeSymbol outermost = TypeFamily.OutermostOf(field.ContainingType);
        var family = new TypeFamily(outermost);
        if (outermost.DeclaringSyntaxReferences is not [var reference] || !family.HidesFromOthers(field)
            || field.DeclaringSyntaxReferences is not [var declared] || declared.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax declarator
            || !IsMadeInPlace(declarator, model))
            return null;

        SyntaxNode declaration = reference.GetSyntax(cancellationToken);
        if (declaration.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(field.Name)))
            return null;
        var enters = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        var exits = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        foreach (IdentifierNameSyntax name in declaration.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == field.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, field))
                return null; // a local of the same name, or something half-typed
            if (CallOn(name) is not { } call)
                return null;
            switch (((MemberAccessExpressionSyntax)call.Expression).Name.Identifier.ValueText)
            {
                case "EnterReadLock" or "EnterWriteLock" when CanAwait(call, model):
                    enters.Add(call);
                    break;
                case "ExitReadLock" or "ExitWriteLock":
                    exits.Add(call);
                    break;
                case "Dispose":
                    break;
                default:
                    return null;
            }
        }

        var bodies = new CompiledBodies(tree => model.Compilation.GetSemanticModel(tree), cancellationToken);
        GuardedStateModel guarded = GuardedStateModelBuilder.Build(family, bodies.BodyOf, new LockWrappers(), cancellationToken);
        return !guarded.IsIncomplete && IsEnteredByAsyncFunctionsAlone(guarded, field, enters, exits)
            ? new AwaitableLock(declarator, enters.ToImmutable(), exits.ToImmutable()) : null;
    }

    public SyntaxNode ApplyTo(SyntaxNode root)
    {
        TypeSyntax type = ((VariableDeclarationSyntax)_declarator.Parent!).Type;
        ExpressionSyntax creation = _declarator.Initializer!.Value;
        var replacements = new Dictionary<SyntaxNode, SyntaxNode>
        {
            [LastNameOf(type)] = Semaphore(LastNameOf(type)),
            [creation] = SemaphoreOf(creation),
        };
        foreach (InvocationExpressionSyntax enter in _enters)
        {
            replacements[enter] = SyntaxFactory.AwaitExpression(
                SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), Renamed(enter, "WaitAsync").WithoutTrivia())
                .WithTriviaFrom(enter);
        }

        foreach (InvocationExpressionSyntax exit in _exits)
            replacements[exit] = Renamed(exit, "Release");
        return root.ReplaceNodes(replacements.Keys, (original, _) => replacements[original]);
    }

    /// <summary><c>new()</c> or <c>new ReaderWriterLockSlim(…)</c> without recursion, in a declaration of its own.</summary>
    private static bool IsMadeInPlace(VariableDeclaratorSyntax declarator, SemanticModel model)
    {
        if (declarator is not { Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: IdentifierNameSyntax or QualifiedNameSyntax } }
            || declarator.Initializer?.Value is not BaseObjectCreationExpressionSyntax { Initializer: null } creation
            || model.GetTypeInfo(creation).Type is not { Name: "ReaderWriterLockSlim" } type || !type.ContainingNamespace.IsSystemThreading())
            return false;
        return creation.ArgumentList is null or { Arguments.Count: 0 }
            || creation.ArgumentList.Arguments is [{ Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NoRecursion" } }];
    }

    /// <summary>The call of a member of the lock that is a statement of its own; null for every other mention.</summary>
    private static InvocationExpressionSyntax? CallOn(IdentifierNameSyntax name)
    {
        ExpressionSyntax mention = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } qualified ? qualified : name;
        return mention.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call } access
            && access.Expression == mention && call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax ? call : null;
    }

    /// <summary>
    /// No span and no reference lives in the function: none survives an await, which the compiler says only when it writes the assembly.
    /// </summary>
    private static bool CanAwait(InvocationExpressionSyntax enter, SemanticModel model) => FunctionAround(enter) is { } function
        && function.DescendantNodes().All(node => node is ForEachStatementSyntax loop ? model.GetTypeInfo(loop.Expression).Type is not { IsRefLikeType: true }
            : node is not (VariableDeclaratorSyntax or SingleVariableDesignationSyntax) || model.GetDeclaredSymbol(node)
                is not ILocalSymbol { IsRef: true } and not ILocalSymbol { Type.IsRefLikeType: true });

    private static bool IsEnteredByAsyncFunctionsAlone(
        GuardedStateModel model, IFieldSymbol field, IEnumerable<InvocationExpressionSyntax> enters, IEnumerable<InvocationExpressionSyntax> exits)
    {
        LockRegion[] regions = model.Regions.Where(region => SymbolEqualityComparer.Default.Equals(region.Lock.LastMember, field)).ToArray();
        var nested = new HashSet<SyntaxNode>(model.Regions.SelectMany(region => region.Events)
            .Where(happening => happening.Kind == RegionEventKind.NestedLock).Select(happening => happening.Operation.Syntax));
        var entered = new HashSet<SyntaxNode>(regions.Select(region => region.Acquire.Syntax));
        var left = new HashSet<SyntaxNode>(regions.SelectMany(region => region.Releases).Select(release => release.Syntax));
        return regions.Length > 0 && regions.All(region => IsPlain(region) && !nested.Contains(region.Acquire.Syntax))
            && entered.SetEquals(enters) && left.SetEquals(exits)
            && !model.StrayReleases.Any(release => SymbolEqualityComparer.Default.Equals(release.Lock.LastMember, field));
    }

    /// <summary>
    /// Entered and left by one async function that somebody can await, with nothing in between that waits for others or lets them in.
    /// </summary>
    private static bool IsPlain(LockRegion region) =>
        region is { IsIrregular: false, Form: AcquireForm.Call, Wrapper: null, Frame: { IsAsync: true, Function.ReturnsVoid: false }, Releases.Count: > 0 }
        && region.Releases.All(release => IsOfSameMode(region, release) && FunctionAround(release.Syntax) == FunctionAround(region.Acquire.Syntax))
        && region.Events.All(happening => happening.Kind is not (RegionEventKind.Await or RegionEventKind.Yield or RegionEventKind.Blocking
            or RegionEventKind.WaitPulse or RegionEventKind.Callback));

    private static bool IsOfSameMode(LockRegion region, IOperation release) =>
        release.Syntax.ToString().EndsWith(region.Mode == LockMode.Read ? "ExitReadLock()" : "ExitWriteLock()", StringComparison.Ordinal);

    private static SyntaxNode? FunctionAround(SyntaxNode syntax) => syntax.Ancestors()
        .FirstOrDefault(around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string name)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        return call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(access.Name)));
    }

    private static ExpressionSyntax SemaphoreOf(ExpressionSyntax creation)
    {
        ArgumentListSyntax one = SyntaxFactory.ParseArgumentList("(1, 1)");
        return creation is ObjectCreationExpressionSyntax named
            ? named.WithType(named.Type.ReplaceNode(LastNameOf(named.Type), Semaphore(LastNameOf(named.Type)).WithoutTrailingTrivia()))
                .WithArgumentList(one).WithTriviaFrom(creation)
            : ((BaseObjectCreationExpressionSyntax)creation).WithArgumentList(one).WithTriviaFrom(creation);
    }

    private static SimpleNameSyntax LastNameOf(TypeSyntax type) => type is QualifiedNameSyntax qualified ? qualified.Right : (SimpleNameSyntax)type;

    private static SimpleNameSyntax Semaphore(SimpleNameSyntax name) => SyntaxFactory.IdentifierName("SemaphoreSlim").WithTriviaFrom(name);
}
