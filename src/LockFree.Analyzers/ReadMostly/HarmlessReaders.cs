using LockFree.Analyzers.GuardedState;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockFree.Analyzers.ReadMostly;

/// <summary>
/// Readers of a field that hold no lock themselves and yet meet no write: inherited code may call them, but all that calls them holds the
/// lock; or the only write has started them.
/// </summary>
/// <remarks>Callers are told by name: a method of the same name is taken for a caller's, which errs on the side of a finding.</remarks>
internal sealed class HarmlessReaders(FieldSurvey survey, PlainField plain, FieldAccess[] writes)
{
    /// <summary>How many callers are followed from a reader to the thread that runs it.</summary>
    private const int MostCallers = 4;

    private readonly GuardedStateModel _model = survey.Model;
    private ILookup<SyntaxNode, FieldAccess>? _accesses;
    private SyntaxNode[]? _stores;

    public bool Contain(FieldAccess read) => IsCalledUnderLockOnly(read) || IsStartedByOnlyWriter(read);

    private bool IsCalledUnderLockOnly(FieldAccess read)
    {
        if (read.Frame is not { Depth: 0, Function: { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Protected or Accessibility.ProtectedAndInternal } function })
            return false;
        _accesses ??= plain.Accesses.ToLookup(access => access.Mention.Syntax);
        var covered = new HashSet<SyntaxNode>(_accesses[read.Mention.Syntax]
            .Where(access => access.Frame is { Caller: not null, CallSite: not null } && SymbolEqualityComparer.Default.Equals(access.Frame.Function, function)
                && (access.InConstruction || access.Held.Any(region => ReferenceEquals(region.Frame, access.Frame.Caller))))
            .Select(access => access.Frame.CallSite!.Syntax));
        return covered.Count > 0 && survey.MentionsOf(function.Name).All(mention => CallAt(mention) is { } call && covered.Contains(call))
            && !survey.IsCalledElsewhere(function, read.Mention.SemanticModel!.Compilation);
    }

    private bool IsStartedByOnlyWriter(FieldAccess read)
    {
        _stores ??= writes.Select(write => write.Mention.Syntax).Distinct().ToArray();
        return _stores is [var store] && read.Frame.Function is { MethodKind: MethodKind.Ordinary } reader
            && store.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } writer && RunsOnlyWhenStarted(reader, writer, store, MostCallers);
    }

    private bool RunsOnlyWhenStarted(ISymbol function, MethodDeclarationSyntax writer, SyntaxNode store, int steps)
    {
        if (function.DeclaredAccessibility != Accessibility.Private || steps == 0)
            return false;
        IdentifierNameSyntax[] mentions = survey.MentionsOf(function.Name).ToArray();
        return mentions.Length > 0 && mentions.All(mention => mention.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } caller
            && (caller == writer ? mention.SpanStart > store.Span.End && IsStarted(mention, writer)
                : _model.Family.Types.SelectMany(type => type.GetMembers(caller.Identifier.ValueText)).FirstOrDefault() is { } next
                    && RunsOnlyWhenStarted(next, writer, store, steps - 1)));
    }

    /// <summary>Inside of what is handed to <c>Task.Run</c>, <c>StartNew</c>, <c>QueueUserWorkItem</c> or a new <c>Thread</c>.</summary>
    private static bool IsStarted(SyntaxNode mention, SyntaxNode writer) => mention.Ancestors().TakeWhile(around => around != writer).OfType<ArgumentSyntax>()
        .Any(argument => argument.Parent?.Parent switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run" or "StartNew" or "QueueUserWorkItem" } } => true,
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "Thread" } } => true,
            _ => false,
        });

    private static InvocationExpressionSyntax? CallAt(IdentifierNameSyntax mention) =>
        (mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access.Parent : mention.Parent) as InvocationExpressionSyntax;
}
