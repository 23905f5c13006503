using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <content>Lambdas and local functions: walked where they surely run, and on their own where they may run later.</content>
internal sealed partial class BodyWalker
{
    /// <summary>Lambdas that a helper walked in place has been given, by its parameter.</summary>
    private readonly Dictionary<ISymbol, LambdaArgument> _lambdas = new(SymbolEqualityComparer.Default);

    private readonly Queue<DeferredBody> _deferred = new();
    private readonly HashSet<IOperation> _deferredBodies = [];
    private ImmutableArray<IOperation> _rootBlocks = ImmutableArray<IOperation>.Empty;
    private Dictionary<ISymbol, IBlockOperation>? _localFunctions;

    private bool TryWalkGivenLambda(IInvocationOperation call)
    {
        if (call.Instance is not IParameterReferenceOperation { Parameter: var parameter }
            || !_lambdas.TryGetValue(parameter.OriginalDefinition, out LambdaArgument? lambda))
            return false;
        for (int i = 0; i < call.Arguments.Length && i < lambda.Operation.Symbol.Parameters.Length; i++)
        {
            Walk(call.Arguments[i].Value);
            _locals.Bind(lambda.Operation.Symbol.Parameters[i], call.Arguments[i].Value, _frame);
        }

        if (IsOnStack(lambda.Operation.Symbol) || _frame.Depth >= DeepestHelper)
            return true; // not walked here: deferred when the helper ends
        lambda.IsWalked = true;
        WalkFrame(new CallFrame(lambda.Operation.Symbol, lambda.Definer.This, _frame, call), () => Walk(lambda.Operation.Body));
        return true;
    }

    /// <summary>A lambda that a framework method runs, perhaps many times, before it returns.</summary>
    private void WalkLambdaHere(IAnonymousFunctionOperation lambda, CandidateField? origin)
    {
        foreach (IParameterSymbol parameter in lambda.Symbol.Parameters)
        {
            _locals.Forget(parameter);
            if (origin is not null)
                _locals.SetOrigin(parameter, origin);
        }

        HeldLocks entry = _held;
        _loopDepth++;
        WalkArm(lambda, 0, entry, () => WalkFrame(new CallFrame(lambda.Symbol, _frame.This, _frame, lambda), () => Walk(lambda.Body)));
        _loopDepth--;
        _held = entry;
    }

    /// <summary>A parameter that holds a lambda is used other than by calling it: it may run later.</summary>
    private void DeferGivenLambda(IParameterSymbol parameter)
    {
        if (_lambdas.TryGetValue(parameter.OriginalDefinition, out LambdaArgument? lambda))
            Defer(lambda.Operation, lambda.Definer);
    }

    private void DeferUnlessWalked(LambdaArgument lambda)
    {
        if (!lambda.IsWalked)
            Defer(lambda.Operation, lambda.Definer);
    }

    private void Defer(IAnonymousFunctionOperation lambda, CallFrame definer)
    {
        if (lambda.Symbol.IsAsync)
            _model.HasAsyncCode = true;
        if (_deferredBodies.Add(lambda.Body))
            _deferred.Enqueue(new DeferredBody(lambda.Symbol, lambda.Body, definer.This, lambda));
    }

    /// <summary>Lambdas and local functions that were made delegates run later, with no lock of ours held.</summary>
    private void WalkDeferred()
    {
        while (_deferred.Count > 0)
        {
            DeferredBody deferred = _deferred.Dequeue();
            Begin(new CallFrame(deferred.Function, deferred.This, null, deferred.Lambda), inConstruction: false);
            Walk(deferred.Body);
        }

        _deferredBodies.Clear();
    }

    private void MarkRoot(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            if (BodyOf(method) is { IsDefaultOrEmpty: false } body && _deferredBodies.Add(body[0]))
                _deferred.Enqueue(new DeferredBody(method, body[0], _frame.This, null));
        }
        else if (IsOwn(method) && _needsRoot.Add(method.OriginalDefinition))
        {
            _newRoots.Add(method.OriginalDefinition);
        }
    }

    private ImmutableArray<IOperation> BodyOf(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.LocalFunction)
            return _bodyOf((method.PartialImplementationPart ?? method).OriginalDefinition);
        if (_localFunctions is null)
        {
            _localFunctions = new Dictionary<ISymbol, IBlockOperation>(SymbolEqualityComparer.Default);
            RegisterLocalFunctions(_rootBlocks);
        }

        if (!_localFunctions.ContainsKey(method.OriginalDefinition) && _frame.Function is { } function
            && function.MethodKind != MethodKind.LocalFunction)
            RegisterLocalFunctions(BodyOf(function));
        return _localFunctions.TryGetValue(method.OriginalDefinition, out IBlockOperation? body) ? ImmutableArray.Create<IOperation>(body)
            : default;
    }

    private void RegisterLocalFunctions(ImmutableArray<IOperation> blocks)
    {
        if (blocks.IsDefault)
            return;
        foreach (ILocalFunctionOperation function in blocks.SelectMany(block => block.DescendantsAndSelf())
            .OfType<ILocalFunctionOperation>())
        {
            if (function.Body is not null)
                _localFunctions![function.Symbol.OriginalDefinition] = function.Body;
        }
    }

    private static IAnonymousFunctionOperation? LambdaOf(IOperation value) =>
        OperationEquality.WithoutConversions(value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda
            : null;

    private sealed class LambdaArgument(IAnonymousFunctionOperation operation, CallFrame definer)
    {
        public IAnonymousFunctionOperation Operation { get; } = operation;

        public CallFrame Definer { get; } = definer;

        public bool IsWalked { get; set; }
    }

    private sealed record DeferredBody(IMethodSymbol Function, IOperation Body, ObjectPath This, IAnonymousFunctionOperation? Lambda);
}
