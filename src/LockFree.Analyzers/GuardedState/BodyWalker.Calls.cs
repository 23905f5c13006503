using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockFree.Analyzers.GuardedState;

/// <content>Calls: helpers walked in place, and calls whose effects are only known by name.</content>
internal sealed partial class BodyWalker
{
    /// <summary>How deep helpers are walked in place; what lies deeper counts as called without the lock.</summary>
    private const int DeepestHelper = 5;

    /// <summary>
    /// Non-null in an async helper nobody awaits, and in those it awaits itself: from the first await on they run without the caller's locks,
    /// and beside a constructor that called them.
    /// </summary>
    private CallFrame? _detached;

    private void WalkInvocation(IInvocationOperation call)
    {
        if (_lockCalls.Classify(call) is { } lockCall)
        {
            WalkLockCall(call, lockCall);
            return;
        }

        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke && TryWalkGivenLambda(call))
            return;

        IOperation? receiver = call.Instance ?? (method.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        if (_locals.CollectionOf(receiver, _frame) is { } collection && !IsOwn(method))
        {
            WalkCollectionCall(call, receiver!, collection);
            return;
        }

        ImmutableArray<IOperation> body = BodyToWalkInPlace(call);
        Walk(call.Instance);
        List<LambdaArgument>? given = WalkArguments(call, body);
        if (!body.IsDefault)
        {
            WalkInPlace(call, method.OriginalDefinition, body);
            foreach (LambdaArgument lambda in given ?? [])
                DeferUnlessWalked(lambda);
        }

        EmitCall(call, isWalked: !body.IsDefault);
    }

    /// <summary>An operation of a candidate collection happens after its arguments are evaluated.</summary>
    private void WalkCollectionCall(IInvocationOperation call, IOperation receiver, CollectionReference collection)
    {
        IOperation mention = OperationEquality.WithoutConversions(receiver)!;
        Walk((mention as IFieldReferenceOperation)?.Instance);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value == receiver)
                continue;
            if (LambdaOf(argument.Value) is { } lambda && CallEffects.RunsDelegatesInPlace(call.TargetMethod))
                WalkLambdaHere(lambda, collection.Candidate);
            else
                Walk(argument.Value);
            if (argument.Parameter?.RefKind == RefKind.Out
                && LocalFacts.VariableOf(OperationEquality.WithoutConversions(argument.Value)) is { } result)
            {
                _locals.Forget(result);
                _locals.SetOrigin(result, collection.Candidate);
            }
        }

        Record(mention, collection);
    }

    /// <summary>The body of a method of the type that is to be walked where it is called; default where it is not.</summary>
    private ImmutableArray<IOperation> BodyToWalkInPlace(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (!IsOwn(method) || method.IsAbstract)
            return default;
        bool isLocalFunction = method.MethodKind == MethodKind.LocalFunction;
        bool matters = !_held.IsEmpty || _inConstruction || isLocalFunction
            || call.Arguments.Any(argument => LambdaOf(argument.Value) is not null);
        if (matters && !IsOnStack(method) && _frame.Depth < DeepestHelper)
        {
            ImmutableArray<IOperation> body = BodyOf(method);
            if (!body.IsDefaultOrEmpty && !IsIterator(method, body))
                return body;
        }

        if (isLocalFunction || method.DeclaredAccessibility == Accessibility.Private)
            MarkRoot(method);
        return default;
    }

    private List<LambdaArgument>? WalkArguments(IInvocationOperation call, ImmutableArray<IOperation> body)
    {
        List<LambdaArgument>? given = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            IParameterSymbol? parameter = argument.Parameter?.OriginalDefinition;
            IOperation value = OperationEquality.WithoutConversions(argument.Value)!;
            if (!body.IsDefault && parameter is not null)
            {
                if (LambdaOf(value) is { } lambda)
                {
                    var bound = new LambdaArgument(lambda, _frame);
                    (given ??= []).Add(bound);
                    _lambdas[parameter] = bound;
                    continue;
                }

                if (value is IParameterReferenceOperation { Parameter: var own }
                    && _lambdas.TryGetValue(own.OriginalDefinition, out LambdaArgument? passedOn))
                {
                    _lambdas[parameter] = passedOn;
                    continue;
                }

                _lambdas.Remove(parameter);
                CollectionReference? collection = _locals.CollectionOf(value, _frame);
                if (collection is not null)
                {
                    collection.Candidate.OtherName ??= parameter.Name;
                    RecordAliased(value);
                }
                else
                {
                    Walk(argument.Value);
                }

                if (parameter.RefKind == RefKind.None)
                    _locals.Bind(parameter, value, _frame);
                else
                    WriteByReference(argument);
                continue;
            }

            if (LambdaOf(value) is { } inPlace && CallEffects.RunsDelegatesInPlace(call.TargetMethod))
                WalkLambdaHere(inPlace, _locals.OriginOf(call.Instance ?? call.Arguments[0].Value, _frame));
            else
                Walk(argument.Value);
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
                WriteByReference(argument);
        }

        return given;
    }

    private void WalkInPlace(IOperation call, IMethodSymbol method, ImmutableArray<IOperation> body)
    {
        ObjectPath self = call switch
        {
            _ when method.IsStatic || method.MethodKind == MethodKind.LocalFunction => _frame.This,
            IInvocationOperation { Instance: { } receiver } => _locals.PathOf(receiver, _frame),
            IPropertyReferenceOperation { Instance: { } receiver } => _locals.PathOf(receiver, _frame),
            _ => _frame.This,
        };
        _visited.Add(method);
        WalkFrame(new CallFrame(method, self, _frame, call), () =>
        {
            int jumps = _jumps.Count;
            LockRegion? synchronized = OpenIfSynchronized(method, body[0]);
            foreach (IOperation block in body)
                Walk(block);
            if (synchronized is not null)
                CloseScope(synchronized, jumps);
        });
    }

    /// <summary>Walks a function in place: its returns end it and nothing else.</summary>
    private void WalkFrame(CallFrame frame, Action walk)
    {
        CallFrame caller = _frame;
        CallFrame? detached = _detached;
        HeldLocks entry = _held;
        int throwDepth = _throwDepth;
        bool inConstruction = _inConstruction;
        bool isDetachable = frame.IsAsync && !IsAwaited(frame.CallSite);
        _frame = frame;
        _detached = isDetachable ? frame : frame.IsAsync ? _detached : null;
        walk();
        HeldLocks end = HeldLocks.Merge(_held, _jumps.TakeReturns(frame));
        _held = isDetachable ? entry : end;
        _frame = caller;
        _detached = detached;
        _throwDepth = throwDepth;
        _inConstruction = inConstruction;
    }

    private void WalkAwait(IAwaitOperation wait)
    {
        if (WalkAttempt(wait) is not null)
            return; // a result nobody looks at: not held as far as we know
        Walk(wait.Operation);
        bool isAcquisition = OutOfConfigureAwait(wait.Operation) is IInvocationOperation call && _lockCalls.Classify(call) is not null;
        if (!isAcquisition)
            EmitAwait(wait);
    }

    private void EmitAwait(IOperation wait)
    {
        _model.HasAsyncCode = true;
        Emit(RegionEventKind.Await, wait);
        if (_detached is null)
            return;
        _held = HeldLocks.None;
        _inConstruction = false;
    }

    private void EmitIfBlocking(IOperation operation)
    {
        if (!_held.IsEmpty && TaskBlocking.NameOf(operation) is { } name)
            Emit(RegionEventKind.Blocking, operation, name);
    }

    private static bool IsAwaited(IOperation? call) => call?.Parent is IAwaitOperation || call is not null && IsConfiguredAndAwaited(call);

    private void WalkCreation(IObjectCreationOperation creation)
    {
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            Walk(argument.Value);
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
                WriteByReference(argument);
        }

        Walk(creation.Initializer);
        if (creation.Type is not { IsValueType: false } type || type.ContainingNamespace.IsSystem()
            || type.ContainingNamespace.IsBelowSystemCollections() || type.Name == "StringBuilder")
            return;
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (LocalFacts.VariableOf(OperationEquality.WithoutConversions(argument.Value)) is not null
                && !CallEffects.IsImmutable(argument.Value.Type)
                && _locals.OriginOf(argument.Value, _frame) is { } origin)
            {
                Emit(RegionEventKind.ValueUse, creation, "handed to new " + type.Name, creation.Constructor, candidate: origin);
                return;
            }
        }

        Emit(RegionEventKind.Create, creation, "new " + type.Name, creation.Constructor);
    }

    /// <summary>What the call may do that is not seen by walking it.</summary>
    private void EmitCall(IInvocationOperation call, bool isWalked)
    {
        if (_held.IsEmpty)
            return;
        IMethodSymbol method = call.TargetMethod;
        EmitIfBlocking(call);
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            Emit(RegionEventKind.Callback, call, call.Instance?.Syntax.ToString() ?? "a delegate");
            return;
        }

        if (method.ContainingType is { Name: "Monitor" } && method.Name is "Wait" or "Pulse" or "PulseAll"
            && method.ContainingNamespace.IsSystemThreading())
        {
            Emit(RegionEventKind.WaitPulse, call, method.Name);
            return;
        }

        if (IsOwn(method) && CanBeOverridden(method))
        {
            Emit(RegionEventKind.Callback, call, method.Name);
            return;
        }

        if (isWalked || CallEffects.IsLogging(method) || _locals.IsFresh(call.Instance))
            return;
        IOperation? subject = call.Instance ?? (method.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        if (_locals.OriginOf(subject, _frame) is { } origin && !IsView(subject))
        {
            bool isHarmless = CallEffects.IsImmutable(subject!.Type)
                || CallEffects.IsPure(method) && !CallEffects.IsMutableCollection(call.Instance?.Type);
            if (!isHarmless)
                Emit(RegionEventKind.ValueUse, call, method.Name, method, candidate: origin);
            return;
        }

        if (CallEffects.IsPure(method) || CallEffects.IsConversionByName(method))
            return;
        if (call.Instance is ILocalReferenceOperation && method.ContainingNamespace.IsSystemCollectionsGeneric())
            Emit(RegionEventKind.ForeignWrite, call, method.Name);
        else if (OwnMutableCollection(call.Instance) is { } field)
            Emit(RegionEventKind.OtherField, call, field.Name, field, CallEffects.MutatesByName(method.Name));
        else
            Emit(RegionEventKind.Effect, call, method.Name, method);
    }

    private bool IsOwn(IMethodSymbol method) => method.MethodKind == MethodKind.LocalFunction || _family.Contains(method.ContainingType);

    private static bool CanBeOverridden(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride && !method.IsSealed) && !method.ContainingType.IsSealed;

    private static bool IsView(IOperation? expression) =>
        OperationEquality.WithoutConversions(expression) is IPropertyReferenceOperation { Property.Name: "Keys" or "Values" };

    private bool IsOnStack(IMethodSymbol method)
    {
        for (CallFrame? frame = _frame; frame is not null; frame = frame.Caller)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Function?.OriginalDefinition, method.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>An iterator's body runs when it is enumerated, not when it is called.</summary>
    private static bool IsIterator(IMethodSymbol method, ImmutableArray<IOperation> body) =>
        method.ReturnType is INamedTypeSymbol { Name: "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" }
        && body.SelectMany(block => block.Descendants())
            .Any(operation => operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak);
}
