using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>A sign that several threads use a field.</summary>
/// <param name="Sign">What a person is told.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="IsCertain">The author says so; otherwise it is likely, and a person must decide.</param>
/// <param name="IsSwapEnough">An atomic update is all it takes; a lock that guards the field elsewhere would not notice it.</param>
internal sealed record FieldSharing(string Sign, string Advice, bool IsCertain, bool IsSwapEnough)
{

    private static readonly string[] ConfiningNames =
        ["Builder", "ViewModel", "Control", "Window", "Page", "Form", "Component", "Grain", "Actor", "Drawable", "Screen"];

    /// <summary>Fields that one thread uses by nature: of structs, builders, user interfaces, actors, or one for each thread.</summary>
    public static bool IsConfined(IFieldSymbol field)
    {
        if (field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "ThreadStaticAttribute"))
            return true;
        if (field.IsStatic)
            return false;
        for (INamedTypeSymbol? type = field.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.IsValueType || ConfiningNames.Any(name => type.Name.EndsWith(name, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    /// <summary>
    /// The strongest sign; null where there is none. <c>volatile</c> and <c>Volatile</c> speak of readers in other threads: a private function may
    /// be the only writer, such as a loop over a channel.
    /// </summary>
    public static FieldSharing? Of(IFieldSymbol field, ISimpleAssignmentOperation update, LockedChanges elsewhere)
    {
        if (elsewhere.RegionThatWrites(field) is { } region)
            return new FieldSharing($"but under the lock '{region.Lock}' elsewhere", $"take '{region.Lock}' here too", IsCertain: true, IsSwapEnough: false);
        IMethodSymbol? function = FunctionAround(update);
        bool isPrivate = function is { DeclaredAccessibility: Accessibility.Private };
        InvocationExpressionSyntax[] swaps = PassedTo(elsewhere.ReferencesTo(field), "Interlocked", "ImmutableInterlocked").ToArray();
        bool isSwapped = swaps.Length > 0 && !(swaps is [var only] && IsAskedForAnswer(only));
        if (!isSwapped && field.IsVolatile)
            return Swapped("and it is volatile", isCertain: !isPrivate);
        if (isSwapped || PassedTo(elsewhere.ReferencesTo(field), "Volatile").Any())
            return Swapped("but atomically elsewhere", isCertain: isSwapped || !isPrivate);
        if (IsInOtherThread(update))
            return Swapped("in another thread", isCertain: true);
        if (function is null || isPrivate)
            return null;
        if (field.IsStatic && function.Name != "Main")
            return Swapped($"it is static, and any thread may call '{function.Name}'", isCertain: false);
        return elsewhere.TakesNamedLocks
            ? Swapped("in a type that takes locks for other things", isCertain: false) : null;
    }

    private static FieldSharing Swapped(string sign, bool isCertain) => new(sign, "use ImmutableInterlocked.Update", isCertain, IsSwapEnough: true);

    /// <summary>The calls of the types' methods that get the field by reference; told by name, as they are a sign only.</summary>
    private static IEnumerable<InvocationExpressionSyntax> PassedTo(IEnumerable<ArgumentSyntax> references, params string[] types) =>
        from argument in references
        let call = argument.Parent?.Parent as InvocationExpressionSyntax
        where call?.Expression is MemberAccessExpressionSyntax { Expression: var type } && types.Contains(LockedChanges.NameOf(type))
        select call;

    /// <summary>TryRemove also says whether the key was there, which Remove does not: a reason to use it where nothing is shared.</summary>
    private static bool IsAskedForAnswer(InvocationExpressionSyntax call) =>
        LockedChanges.NameOf(call.Expression) == "TryRemove" && call.Parent is not ExpressionStatementSyntax;

    private static bool IsInOtherThread(IOperation update)
    {
        for (IOperation? around = update.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation lambda && OtherThread.Runs(lambda))
                return true;
        }

        return false;
    }

    private static IMethodSymbol? FunctionAround(IOperation update)
    {
        ISymbol? function = update.SemanticModel?.GetEnclosingSymbol(update.Syntax.SpanStart);
        while (function is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            function = function.ContainingSymbol;
        return function as IMethodSymbol;
    }
}
