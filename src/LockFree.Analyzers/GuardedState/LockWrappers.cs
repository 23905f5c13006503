using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.GuardedState;

/// <summary>
/// Recognises wrappers around locks by what their bodies do, not by their names: a method that enters a lock and does not exit it is
/// an Enter, one that exits and does not enter an Exit, a disposable whose constructor (or factory method) enters a scope.
/// One instance serves a compilation; it is safe for concurrent use.
/// </summary>
/// <remarks>
/// A wrapper is usually declared in another type, whose bodies this analysis never sees; binding them again would cost more than
/// everything else. So the syntax is read, and the few names that matter are looked up among the members of the type: that
/// decides which lock, and of which type, is meant. What is not understood is no wrapper.
/// </remarks>
internal sealed class LockWrappers
{
    private const int LongestBody = 3000;

    /// <summary>How many wrappers may call each other, the constructor of a scope included.</summary>
    private const int DeepestWrapper = 3;

    private readonly ConcurrentDictionary<IMethodSymbol, Summary> _summaries = new(SymbolEqualityComparer.Default);

    /// <summary>By outermost type: whether its text has a word without which no method of it can be, or call, a wrapper of its own.</summary>
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _speakOfLocks = new(SymbolEqualityComparer.Default);

    /// <summary>What calling <paramref name="method"/> does to a lock; null for everything that is no wrapper.</summary>
    public LockCall? Of(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        method = method.PartialImplementationPart ?? method;
        return _summaries.GetOrAdd(method, unread => new Summary(Read(unread, DeepestWrapper))).Call;
    }

    private LockCall? Read(IMethodSymbol method, int depth)
    {
        if (depth == 0 || method.DeclaringSyntaxReferences.Length != 1 || method.DeclaringSyntaxReferences[0].Span.Length > LongestBody)
            return null;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.ExplicitInterfaceImplementation))
            return null;

        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        LockCall? enter = null;
        LockCall? exit = null;
        IEnumerable<InvocationExpressionSyntax> invocations =
            SpeaksOfLocks(method.ContainingType) ? WrapperSyntax.RunInPlace(declaration).OfType<InvocationExpressionSyntax>() : [];
        foreach (InvocationExpressionSyntax invocation in invocations)
        {
            if ((ReadInvocation(method, invocation) ?? ReadNestedWrapper(method, invocation, depth)) is not { } call)
                continue;
            ref LockCall? kind = ref call.Action == LockAction.Exit ? ref exit : ref enter;
            if (kind is not null && (kind.Action != call.Action || !kind.Target.IsSameAs(call.Target)))
                return null;
            kind = call;
        }

        if (enter is not null && exit is not null)
            return null;
        INamedTypeSymbol? result = method.MethodKind == MethodKind.Constructor ? method.ContainingType : ResultOf(method);
        if (exit is not null)
            return exit with { Acquisition = exit.Acquisition with { Wrapper = method } };
        if (enter is null)
            return ReleasesOnDispose(result) ? ReadFactory(method, declaration, depth) : null;
        return enter with
        {
            Acquisition = enter.Acquisition with { Wrapper = method },
            Target = method.MethodKind == MethodKind.Constructor ? WrapperSyntax.GivenTo(method, enter.Target) : enter.Target,
            IsScope = ReleasesOnDispose(result),
            IsAwaited = ReturnsTask(method),
        };
    }

    /// <summary>Cheaper than looking at every call of every method that anybody calls: most types do not.</summary>
    private bool SpeaksOfLocks(INamedTypeSymbol type) =>
        _speakOfLocks.GetOrAdd(TypeFamily.OutermostOf(type).OriginalDefinition, unread => LockWords.MayWrap(unread, CancellationToken.None));

    /// <summary>A method that returns a new scope, entered by the scope's constructor.</summary>
    private LockCall? ReadFactory(IMethodSymbol method, SyntaxNode declaration, int depth)
    {
        if (method.MethodKind != MethodKind.Ordinary || ResultOf(method) is not { } result)
            return null;
        foreach (BaseObjectCreationExpressionSyntax creation in WrapperSyntax.RunInPlace(declaration)
            .OfType<BaseObjectCreationExpressionSyntax>())
        {
            INamedTypeSymbol? created = creation is ObjectCreationExpressionSyntax named
                ? WrapperSyntax.FindType(method.ContainingType, named.Type) : result;
            foreach (IMethodSymbol constructor in created?.InstanceConstructors ?? ImmutableArray<IMethodSymbol>.Empty)
            {
                if (constructor.Parameters.Length != (creation.ArgumentList?.Arguments.Count ?? 0))
                    continue;
                if (Read(constructor.OriginalDefinition, depth - 1) is { IsScope: true } scope
                    && WrapperSyntax.Rebase(method, scope.Target, creation.ArgumentList, isSameObject: false) is { } target)
                {
                    return scope with
                    {
                        Acquisition = scope.Acquisition with { Wrapper = method },
                        Target = target,
                        IsAwaited = ReturnsTask(method)
                    };
                }
            }
        }

        return null;
    }

    /// <summary>A call of another wrapper of the same type, which has to be taken unconditionally to make this one a wrapper too.</summary>
    private LockCall? ReadNestedWrapper(IMethodSymbol method, InvocationExpressionSyntax invocation, int depth)
    {
        if (WrapperSyntax.FindMethod(method, invocation) is not { } called
            || Read(called.OriginalDefinition, depth - 1) is not { IsScope: false } call)
            return null;
        bool isUnderstood = call.Action == LockAction.Exit || call is { Action: LockAction.Enter, IsAwaited: false }
            && !WrapperSyntax.IsConditional(invocation);
        return isUnderstood && WrapperSyntax.Rebase(method, call.Target, invocation.ArgumentList, isSameObject: true) is { } target
            ? call with { Target = target } : null;
    }

    private static LockCall? ReadInvocation(IMethodSymbol method, InvocationExpressionSyntax invocation)
    {
        if (invocation.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } access)
            return null;
        if (!LockWords.NamesLockMember(name))
            return null;

        bool isMonitor = access.Expression.ToString() is "Monitor" or "System.Threading.Monitor" or "global::System.Threading.Monitor";
        ExpressionSyntax? subject = isMonitor ? invocation.ArgumentList.Arguments.FirstOrDefault()?.Expression : access.Expression;
        if (subject is null || WrapperSyntax.Resolve(method, subject) is not var (target, type))
            return null;
        LockCall? call = isMonitor ? LockCalls.OfMonitor(name) : ReadMember(type, name, invocation.ArgumentList.Arguments.Count);
        if (call is null)
            return null;
        call = call with { Target = target };
        if (call.Action == LockAction.TryEnter && WrapperSyntax.ThrowsOrWaitsUnlessTrue(invocation, access))
            return call with { Action = LockAction.Enter };
        return call.Action switch
        {
            LockAction.Exit => call,
            LockAction.TryEnter => method.ReturnType.SpecialType == SpecialType.System_Boolean && WrapperSyntax.IsReturned(invocation)
                ? call : null,
            _ => WrapperSyntax.IsConditional(invocation) ? null : call,
        };
    }

    /// <summary>
    /// The base class library's member, chosen by name and number of arguments: overloads that differ in effect differ in number.
    /// </summary>
    private static LockCall? ReadMember(ITypeSymbol lockType, string name, int arguments)
    {
        if (!lockType.ContainingNamespace.IsSystemThreading() || lockType.IsInSource())
            return null;
        for (ITypeSymbol? type = lockType; type is not null; type = type.BaseType)
        {
            IMethodSymbol? member = type.GetMembers(name)
                .OfType<IMethodSymbol>().FirstOrDefault(candidate => candidate.Parameters.Length == arguments);
            if (member is not null)
                return LockCalls.OfMember(member, lockType.Name);
        }

        return null;
    }

    /// <summary>The type a method answers with, out of its task.</summary>
    private static INamedTypeSymbol? ResultOf(IMethodSymbol method) =>
        ReturnsTask(method) ? ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault() as INamedTypeSymbol
            : method.ReturnType as INamedTypeSymbol;

    private static bool ReturnsTask(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask" };

    /// <summary>A disposable type: <c>IDisposable</c> itself, or one whose <c>Dispose</c> speaks of releasing.</summary>
    private static bool ReleasesOnDispose(INamedTypeSymbol? type)
    {
        if (type is null)
            return false;
        if (type.SpecialType == SpecialType.System_IDisposable || type is { Name: "Scope", ContainingType.Name: "Lock" })
            return true;
        return type.GetMembers("Dispose").SelectMany(dispose => dispose.DeclaringSyntaxReferences).Any(reference =>
            reference.GetSyntax().DescendantNodes().OfType<SimpleNameSyntax>().Any(name =>
                name.Identifier.ValueText.StartsWith("Exit", StringComparison.Ordinal)
                    || name.Identifier.ValueText.StartsWith("Release", StringComparison.Ordinal)));
    }

    /// <summary>Lets "no wrapper" be cached as well.</summary>
    private sealed record Summary(LockCall? Call);
}
